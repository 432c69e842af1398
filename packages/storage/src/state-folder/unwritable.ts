import type { Stats } from 'node:fs';
import { DayTradeError } from '@daytrade/errors';

/** Returns the error of a failed write in the state folder; an error of the platform stays unchanged. */
export function unwritable(what: string, error: unknown): DayTradeError {
  if (error instanceof DayTradeError) return error;
  const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0];
  return new DayTradeError('state.unwritable', `${what} cannot be written: ${reason}`, { cause: error });
}

/** Returns the error of a foreign entry in the place of a file of the state folder. */
export function notAFile(path: string, found: Stats): DayTradeError {
  const message = `${path} is a ${kindOf(found)}, expected a file; remove it, it holds nothing that is needed`;
  return new DayTradeError('state.damaged', message, { details: { path } });
}

function kindOf(found: Stats): string {
  if (found.isSymbolicLink()) return 'symbolic link';
  if (found.isDirectory()) return 'folder';
  if (found.isFIFO()) return 'pipe';
  return 'device or socket';
}
