import { type IndexEntry, routes } from '@daytrade/contracts';
import type { CommandDefinition, CommandGroup } from '../define-command.ts';
import { type ExportResult, exportBars } from '../export/export-bars.ts';
import { exportRequest } from '../export/export-request.ts';
import { exportTable } from '../export/export-table.ts';
import { say } from '../language/language.ts';
import { count, quantity } from '../output/format.ts';
import { healthReport, indexTable } from '../output/health-report.ts';
import { printNote, printResult, reportLeftOut } from '../output/terminal.ts';
import { programName } from '../program-name.ts';
import { dataHealth } from '../repair.ts';

const check: CommandDefinition = {
  usage: 'check [symbols...]',
  summary: 'show what the bars of each symbol lack, and what to do about it',
  description: `Reads all of every file of daily bars, compares it with the exchange's calendar and with what the
quality gate kept out, and shows the symbols that need attention, the worst first: a damaged file, sessions without a
bar, bars that end before those of other symbols, rows that were wrong. Sessions of which a row was kept out are
counted apart: of these it is known why there is no bar.

Below them it lists the index series (daytrade import --index): up to which day each has values, and which day it
could have by now. No series is required.

For each symbol it shows the price basis, how many 5-minute bars there are beside the daily ones, and from which
provider the bars came and when. Ends with exit code 5 when a symbol needs attention; \`daytrade fetch --repair\` asks
again for what is missing.`,
  examples: ['daytrade data check', 'daytrade data check 7203 6758 --json'],
  configure: (command) => command.option('--all', 'show the symbols that need nothing too'),
  run: async (context, { args, options }) => {
    const connection = await context.connect();
    const health = await dataHealth(connection, args);
    const { indices } = await connection.data.call(routes.indices);
    if (health.symbols.some(({ concerns }) => concerns.length > 0)) process.exitCode = 5;
    const showsAll = options.all === true || args.length > 0;
    printResult(context.terminal, context.json, { ...health, indices }, () =>
      [healthReport(health, showsAll), ...(args.length > 0 ? [] : [indexReport(indices)])].join('\n\n'),
    );
  },
};

function indexReport(indices: readonly IndexEntry[]): string {
  const present = indices.filter(({ state }) => state !== 'absent');
  if (present.length > 0) return indexTable(indices);
  return say`There are no index series: ${programName} import --index nasdaq FILE brings one in.`;
}

const exported: CommandDefinition = {
  usage: 'export [what]',
  summary: 'write bars, predictions or quarantined rows to files',
  description: `Writes what there is to files for pandas, DuckDB or a spreadsheet: "bars" (by default), "predictions"
(the newest published intervals), "judged" (past intervals with what happened) or "quarantine".

"judged" has the published intervals, and those of the newest evaluation of each horizon, "next-close" or "close@10:00";
the column horizon names it. A probability of a rise that was not shown, as no skill was measured, is empty.

Bars go to a folder with one file per symbol, and symbols.csv beside them; "daytrade import" reads that folder again and
gives the same bars, to the last bit. An --output that ends in .csv or .parquet is one file with all symbols, whose rows
begin with the symbol. Prices are yen, volumes are shares, and every row names the price basis: traded, split-adjusted
or fully-adjusted. 5-minute bars are stamped with their beginning, in Japan time. The other tables are CSV.

A file is written under another name and renamed when it is whole. Files that are there already are replaced only with
--force. Symbols whose bars are damaged are named and left out, with exit code 5.`,
  examples: [
    'daytrade data export --output ./exported',
    'daytrade data export bars --symbols 7203,6758 --from 2024-01-04 --output bars.parquet',
    'daytrade data export predictions --output predictions.csv --excel',
    'daytrade data export judged --output judged.csv',
  ],
  configure: (command) =>
    command
      .option('--output <path>', 'folder, or a file that ends in .csv or .parquet')
      .option('--symbols <codes>', 'codes, with commas between; default: all in use')
      .option('--from <date>', 'first day')
      .option('--to <date>', 'last day')
      .option('--interval <interval>', '1d or 5m; default: 1d')
      .option('--format <format>', 'csv or parquet; default: the ending of --output, or csv')
      .option('--excel', 'CSV for a spreadsheet: UTF-8 with a byte order mark, and no text that is a formula')
      .option('--force', 'replace files that are there'),
  run: async (context, { args, options }) => {
    const request = exportRequest(args[0], options);
    const { what } = request;
    const connection = await context.connect();
    const result =
      what === 'bars'
        ? await exportBars(context, connection, request)
        : await exportTable(connection, { ...request, what });
    reportLeftOut(context.terminal, result.leftOut);
    if (result.leftOut.length > 0) process.exitCode = 5;
    if (result.withoutBars.length > 0)
      printNote(context.terminal, say`no bars there: ${result.withoutBars.join(', ')}`);
    if (result.synthetic) printNote(context.terminal, say`made on the synthetic exchange, not real prices`);
    printResult(context.terminal, context.json, result, () => exportReport(result, request.output));
  },
};

function exportReport({ what, files, symbols }: ExportResult, output: string): string {
  const rows = files.reduce((sum, file) => sum + (file.rows ?? 0), 0);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const one = { bars: 'bar', quarantine: 'quarantined row', predictions: 'predictions row', judged: 'judged row' }[
    what
  ];
  const isCounted = files.every((file) => file.rows !== null) && files.length === 1;
  const [of, size] = [quantity(symbols.length, 'symbol'), quantity(files.length, 'file')];
  const wrote = isCounted ? quantity(rows, one) : say(`${one}s`);
  return say`Wrote ${wrote} of ${of} to ${output}: ${size}, ${count(bytes)} bytes.`;
}

export const dataGroup: CommandGroup = {
  name: 'data',
  summary: 'the bars that are stored: their health, and files of them',
  commands: [check, exported],
};
