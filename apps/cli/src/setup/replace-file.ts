import { lstatSync, realpathSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { DayTradeError } from '@daytrade/errors';
import { writeWhole } from '../export/whole-file.ts';

/**
 * Refuses what is there and is not a file, as `/dev/null`: nobody means that it is replaced.
 *
 * @throws DayTradeError `output.unwritable`
 */
export function assertReplaceable(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== false) return;
  throw new DayTradeError('output.unwritable', `${path}: expected a file, or nothing yet`, { details: { path } });
}

/**
 * Writes a file as a whole: whatever happens, it has the old text or the new one. What a symbolic link leads to is
 * replaced, not the link; a file that is there keeps its mode.
 *
 * @param mode of a new file
 * @throws DayTradeError `output.unwritable`
 */
export async function replaceFile(path: string, text: string, mode: number): Promise<void> {
  assertReplaceable(path);
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  const target = isLink ? realpathSync(path) : path;
  const kept = statSync(target, { throwIfNoEntry: false })?.mode ?? mode;
  await writeWhole(target, (unfinished) => writeFile(unfinished, text, { mode: kept & 0o777, flag: 'wx' }));
}
