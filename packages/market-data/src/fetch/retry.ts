import { isDayTradeError } from '@daytrade/errors';

export interface RetryOptions {
  /** How often to try at most. */
  readonly attempts: number;
  /** Wait before the second attempt; doubles with each. */
  readonly firstPauseMilliseconds: number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/**
 * Tries an operation again while it fails with an error that says it may succeed later; gives up with the last error.
 */
export async function retry<Result>(operation: () => Promise<Result>, options: RetryOptions): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await operation();
    } catch (error) {
      const passing = isDayTradeError(error) && error.retryable;
      if (!passing || attempt >= options.attempts) throw error;
      await options.pause(options.firstPauseMilliseconds * 2 ** (attempt - 1));
    }
  }
}
