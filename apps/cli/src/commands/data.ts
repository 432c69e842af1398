import { type IndexEntry, routes } from '@daytrade/contracts';
import type { CommandDefinition, CommandGroup } from '../define-command.ts';
import { type ExportResult, exportRequest, exportTable } from '../export/export-table.ts';
import { say } from '../language/language.ts';
import { count, quantity } from '../output/format.ts';
import { healthReport, indexTable } from '../output/health-report.ts';
import { printNote, printResult } from '../output/terminal.ts';
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
    printResult(context, { ...health, indices }, () =>
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
  usage: 'export [what] [run]',
  summary: 'write predictions, quarantined rows or a backtest to a CSV or parquet file',
  description: `Writes a table to a CSV or parquet file, by the ending of --output, for pandas or a spreadsheet:
"predictions" (by default, the newest published intervals), "judged" (past intervals with what happened) or
"quarantine". Of a backtest, by the run that it names: "trades", "orders", "fills", "by-symbol", and "returns" (date and
daily return after costs, as quantstats and pyfolio read them).

"judged" has the published intervals, and those of the newest evaluation of each horizon, "next-close" or "close@10:00";
the column horizon names it. A probability of a rise that was not shown, as no skill was measured, is empty.

Bars need no export: the state folder has them as parquet files, and GET /v1/bars/{symbol}/file gives those of a symbol
as CSV or parquet.

The file is written under another name and renamed when it is whole. A file that is there already is replaced only with
--force.`,
  examples: [
    'daytrade data export --output predictions.csv --excel',
    'daytrade data export judged --symbols 7203,6758 --from 2024-01-04 --output judged.csv',
    'daytrade data export trades r20261124-091500-4k2m9x7q --output trades.parquet',
    'daytrade data export returns r20261124-091500-4k2m9x7q',
  ],
  configure: (command) =>
    command
      .option('--output <file>', 'file that ends in .csv or .parquet')
      .option('--symbols <codes>', 'codes, with commas between; default: all in use')
      .option('--from <date>', 'first day')
      .option('--to <date>', 'last day')
      .option('--excel', 'CSV for a spreadsheet: UTF-8 with a byte order mark, and no text that is a formula')
      .option('--force', 'replace a file of that name'),
  run: async (context, { args, options }) => {
    const request = exportRequest(args[0], options, args[1]);
    const result = await exportTable(await context.connect(), request);
    if (result.synthetic) printNote(context.terminal, say`made on the synthetic exchange, not real prices`);
    printResult(context, result, () => exportReport(result));
  },
};

function exportReport({ what, file, rows, bytes, symbols }: ExportResult): string {
  const units: Partial<Record<string, string>> = {
    quarantine: 'quarantined row',
    predictions: 'prediction',
    judged: 'judged row',
  };
  const wrote = quantity(rows, units[what] ?? 'row');
  if (symbols.length === 0) return say`Wrote ${wrote} to ${file}: ${count(bytes)} bytes.`;
  return say`Wrote ${wrote} of ${quantity(symbols.length, 'symbol')} to ${file}: ${count(bytes)} bytes.`;
}

export const dataGroup: CommandGroup = {
  name: 'data',
  summary: 'the health of the stored bars, and tables as files',
  commands: [check, exported],
};
