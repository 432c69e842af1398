import { basename } from 'node:path';
import { dateFormatSchema, indexNameSchema, mostIndexFileBytes, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { readRegularFile } from '@daytrade/market-data';
import type { CommandContext } from '../command-context.ts';
import { parseInput, textOption } from '../input.ts';
import { indexImportReport } from '../output/index-report.ts';
import { printNote, printResult } from '../output/terminal.ts';

/** Options of an import that are about bars alone. */
const ofBars = ['symbols', 'basis'];
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
  const other = ofBars.find((option) => options[option] !== undefined);
  if (other !== undefined) {
    throw new DayTradeError('input.invalid', `--${other}: expected it with bars alone, not beside --index`, {
      details: { field: `--${other}` },
    });
  }
  const bytes = await bytesOf(path);
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

async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readRegularFile(path, basename(path));
  if (bytes.length <= mostIndexFileBytes) return new Uint8Array(bytes);
  throw new DayTradeError(
    'input.invalid',
    `${basename(path)}: expected at most ${mostIndexFileBytes} bytes of one index series, got ${bytes.length}`,
    { details: { field: 'file', bytes: bytes.length } },
  );
}
