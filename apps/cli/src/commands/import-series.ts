import { basename } from 'node:path';
import {
  type AnnouncementImport,
  dateFormatSchema,
  indexNameSchema,
  mostAnnouncementFileBytes,
  mostIndexFileBytes,
  routes,
} from '@daytrade/contracts';
import { qualityMessageInJapanese } from '@daytrade/contracts/japanese';
import { readRegularFile } from '@daytrade/market-data';
import type { CommandContext } from '../define-command.ts';
import { parseInput, textOption, wrongInput } from '../input.ts';
import { say, sayBy, translated } from '../language/language.ts';
import { count, quantity } from '../output/format.ts';
import { indexImportReport } from '../output/health-report.ts';
import { printNote, printResult } from '../output/terminal.ts';

/** Options of an import of bars or of an index. */
const ofOthers = { symbols: '--symbols', index: '--index', basis: '--basis', dateFormat: '--date-format' };

/**
 * Sends a file of earnings dates to the data service and reports what came of it; every bad row is named.
 *
 * @param path absolute
 * @throws DayTradeError `input.invalid` for options of bars, or a file that is too large; `data.file-unreadable`;
 *   as the service
 */
export async function importAnnouncementFile(
  context: CommandContext,
  path: string,
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  assertOnlyBeside(options, ofOthers, '--announcements');
  const bytes = await readImportFile(path, 'earnings dates', mostAnnouncementFileBytes);
  const { data } = await context.connect();
  const query = { file: basename(path), dryRun: options.dryRun === true ? 'true' : 'false' } as const;
  const result = await data.call(routes.importAnnouncements, { query, bytes });
  for (const { message } of result.faults) printNote(context.terminal, rowInWords(message));
  if (result.faults.length > 0) process.exitCode = 2;
  printResult(context, result, () => report(result));
}

function report({
  file,
  rows,
  faults,
  symbols,
  added,
  days,
  moved,
  firstDate,
  lastDate,
  written,
  dryRun,
}: AnnouncementImport) {
  const head = readInWords(file, rows, faults.length);
  if (faults.length > 0) return head;
  const text = dryRun
    ? 'Results of {0}, {1} to {2}: {3} would be added, {4} known before; {5} moved or dropped.'
    : 'Results of {0}, {1} to {2}: {3} added, {4} known before; {5} moved or dropped.';
  const [of, from, to] = [quantity(symbols, 'symbol'), firstDate ?? '–', lastDate ?? '–'];
  const counts = say(text, of, from, to, count(added), count(days - added), quantity(moved, 'plan'));
  return [head, counts, ...(written ? [] : [say`Nothing was written.`])].join('\n');
}

export function rowInWords(text: string): string {
  return text.replace(/^(.+?) line (\d+): (.*)$/s, (_, file: string, line: string, message: string) => {
    const what = translated(sayBy(qualityMessageInJapanese, message));
    return say`${file} line ${line}: ${what}`;
  });
}

/** Says how many rows were read; where some are bad, also what to do. */
export function readInWords(file: string, rows: number, faults: number): string {
  const head = say`${file}: ${quantity(rows, 'row')}, ${quantity(faults, 'bad one', 'bad ones')}.`;
  if (faults === 0) return head;
  return `${head}\n${say`Nothing was written: correct what is named above and import it again.`}`;
}

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
  for (const { message } of result.keptOut.slice(0, rowsNamed))
    printNote(context.terminal, say`kept out: ${rowInWords(message)}`);
  const more = result.keptOut.length - rowsNamed;
  if (more > 0) printNote(context.terminal, say`kept out: ${more} rows more, see --json`);
  printResult(context, result, () => indexImportReport(result));
}

/**
 * Reads a file that is sent to a service whole.
 *
 * @param what the file holds, for the message
 * @throws DayTradeError `input.invalid` for a file that is too large; `data.file-unreadable`
 */
export async function readImportFile(path: string, what: string, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readRegularFile(path, basename(path));
  if (bytes.length <= most) return new Uint8Array(bytes);
  throw wrongInput(basename(path), `expected at most ${most} bytes of ${what}, got ${bytes.length}`);
}

/** @throws DayTradeError `input.invalid` for an option that says nothing of such a file */
function assertOnlyBeside(
  options: Readonly<Record<string, unknown>>,
  others: Readonly<Record<string, string>>,
  beside: string,
): void {
  const other = Object.keys(others).find((option) => options[option] !== undefined);
  if (other === undefined) return;
  throw wrongInput(others[other]!, `expected it without ${beside}; give one of the two`);
}
