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
