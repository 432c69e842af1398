import type { Stats } from 'node:fs';
import { DayTradeError } from '@daytrade/errors';

/**
 * The error of something in the state folder that the system did not let be written: no space, no permission. An error
 * of the platform says what is wrong already, and comes back as it is.
 */
export function unwritable(what: string, error: unknown): DayTradeError {
  if (error instanceof DayTradeError) return error;
  const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0];
  return new DayTradeError('state.unwritable', `${what} cannot be written: ${reason}`, { cause: error });
}

/**
 * The error of something that stands where the state folder keeps a file, and that nothing of the platform put there.
 */
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
