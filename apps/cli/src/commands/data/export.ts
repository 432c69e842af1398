import type { CommandDefinition } from '../../define-command.ts';
import { type ExportResult, exportBars } from '../../export/export-bars.ts';
import { exportRequest } from '../../export/export-request.ts';
import { exportTable } from '../../export/export-table.ts';
import { count, quantity } from '../../output/format.ts';
import { reportLeftOut } from '../../output/left-out-report.ts';
import { printNote, printResult } from '../../output/terminal.ts';

export const dataExportCommand: CommandDefinition = {
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
    if (result.withoutBars.length > 0) printNote(context.terminal, `no bars there: ${result.withoutBars.join(', ')}`);
    if (result.synthetic) printNote(context.terminal, 'made on the synthetic exchange, not real prices');
    printResult(context.terminal, context.json, result, () => exportReport(result, request.output));
  },
};

function exportReport({ what, files, symbols }: ExportResult, output: string): string {
  const rows = files.reduce((sum, file) => sum + (file.rows ?? 0), 0);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const of = what === 'bars' ? 'bars' : what === 'quarantine' ? 'quarantined rows' : `${what} rows`;
  const counted = files.every((file) => file.rows !== null) && files.length === 1 ? `${count(rows)} ${of}` : of;
  return (
    `Wrote ${counted} of ${quantity(symbols.length, 'symbol')} to ${output}: ${quantity(files.length, 'file')}, ` +
    `${count(bytes)} bytes.`
  );
}
