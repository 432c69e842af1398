import { DayTradeError } from '@daytrade/errors';

/** Returns the error of a failed write in the state folder; an error of the platform stays unchanged. */
export function unwritable(what: string, error: unknown): DayTradeError {
  if (error instanceof DayTradeError) return error;
  const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0];
  return new DayTradeError('state.unwritable', `${what} cannot be written: ${reason}`, { cause: error });
}
