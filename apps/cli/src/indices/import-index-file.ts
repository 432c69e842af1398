import { basename } from 'node:path';
import { dateFormatSchema, indexNameSchema, mostIndexFileBytes, routes } from '@daytrade/contracts';
import type { CommandContext } from '../command-context.ts';
import { parseInput, textOption } from '../input.ts';
import { assertOnlyBeside, readImportFile } from '../input-file.ts';
import { indexImportReport } from '../output/index-report.ts';
import { printNote, printResult } from '../output/terminal.ts';

const rowsNamed = 5;

/**
 * Sends a file of index values to the data service and reports what came of it. Rows that were kept out are named; they
 * do not fail the import, since vendors fill in days on which a market was closed.
 *
 * @param path absolute
 * @throws DayTradeError `input.invalid` for another name, options of bars, or a file that is too large;
 *   `data.file-unreadable`; as the service
 */
export async function importIndexFile(
  context: CommandContext,
  path: string,
  index: string,
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  const name = parseInput(indexNameSchema, index, '--index');
  assertOnlyBeside(options, { symbols: '--symbols', basis: '--basis' }, '--index');
  const bytes = await readImportFile(path, 'one index series', mostIndexFileBytes);
  const { data } = await context.connect();
  const format = textOption(options, 'dateFormat');
  const dateFormat = format === undefined ? undefined : parseInput(dateFormatSchema, format, '--date-format');
  const query = { file: basename(path), dateFormat, dryRun: options.dryRun === true ? 'true' : 'false' } as const;
  const result = await data.call(routes.importIndex, { params: { name }, query, bytes });
  for (const { message } of result.keptOut.slice(0, rowsNamed)) printNote(context.terminal, `kept out: ${message}`);
  const more = result.keptOut.length - rowsNamed;
  if (more > 0) printNote(context.terminal, `kept out: ${more} rows more, see --json`);
  printResult(context.terminal, context.json, result, () => indexImportReport(result));
}
