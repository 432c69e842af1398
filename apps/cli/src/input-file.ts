import { basename } from 'node:path';
import { DayTradeError } from '@daytrade/errors';
import { readRegularFile } from '@daytrade/market-data';

/**
 * Reads a file that is sent to a service whole.
 *
 * @param what the file holds, for the message
 * @throws DayTradeError `input.invalid` for a file that is too large; `data.file-unreadable`
 */
export async function readImportFile(path: string, what: string, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readRegularFile(path, basename(path));
  if (bytes.length <= most) return new Uint8Array(bytes);
  const message = `${basename(path)}: expected at most ${most} bytes of ${what}, got ${bytes.length}`;
  throw new DayTradeError('input.invalid', message, { details: { field: 'file', bytes: bytes.length } });
}

/** @throws DayTradeError `input.invalid` for an option that says nothing of such a file */
export function assertOnlyBeside(
  options: Readonly<Record<string, unknown>>,
  others: Readonly<Record<string, string>>,
  beside: string,
): void {
  const other = Object.keys(others).find((option) => options[option] !== undefined);
  if (other === undefined) return;
  const message = `${others[other]}: expected it without ${beside}; give one of the two`;
  throw new DayTradeError('input.invalid', message, { details: { field: others[other]! } });
}
