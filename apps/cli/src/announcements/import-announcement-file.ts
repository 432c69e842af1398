import { basename } from 'node:path';
import { type AnnouncementImport, mostAnnouncementFileBytes, routes } from '@daytrade/contracts';
import type { CommandContext } from '../command-context.ts';
import { assertOnlyBeside, readImportFile } from '../input-file.ts';
import { count, quantity } from '../output/format.ts';
import { printNote, printResult } from '../output/terminal.ts';

/** Options of an import of bars or of an index. */
const ofOthers = { symbols: '--symbols', index: '--index', basis: '--basis', dateFormat: '--date-format' };

/**
 * Sends a file of days of results to the data service and reports what came of it; every bad row is named.
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
  const bytes = await readImportFile(path, 'days of results', mostAnnouncementFileBytes);
  const { data } = await context.connect();
  const query = { file: basename(path), dryRun: options.dryRun === true ? 'true' : 'false' } as const;
  const result = await data.call(routes.importAnnouncements, { query, bytes });
  for (const { message } of result.faults) printNote(context.terminal, message);
  if (result.faults.length > 0) process.exitCode = 2;
  printResult(context.terminal, context.json, result, () => report(result));
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
  const head = `${file}: ${quantity(rows, 'row')}, ${quantity(faults.length, 'bad one', 'bad ones')}.`;
  if (faults.length > 0) return `${head}\nNothing was written: correct what is named above and import it again.`;
  const would = dryRun ? 'would be ' : '';
  return [
    head,
    `Results of ${quantity(symbols, 'symbol')}, ${firstDate} to ${lastDate}: ${count(added)} ${would}added, ` +
      `${count(days - added)} known before; ${quantity(moved, 'plan')} moved or dropped.`,
    ...(written ? [] : ['Nothing was written.']),
  ].join('\n');
}
