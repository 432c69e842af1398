import type { DayTradeError } from '@daytrade/errors';

const longestBackoffMs = 3_600_000;

/**
 * True when the same work may succeed at another attempt: after an error that says so, and after one that nobody
 * foresaw. What the person who asked has to correct fails at once.
 */
export function mayRetry(error: DayTradeError): boolean {
  return error.retryable || error.kind === 'bug';
}

/**
 * Milliseconds to wait before the attempt after `attempt` (1 is the first): `backoffSeconds`, doubled with each
 * attempt, at most an hour, of which the upper half is drawn at random so that many failures do not come back at one
 * instant.
 */
export function backoffMs(backoffSeconds: number, attempt: number, random: () => number): number {
  const full = Math.min(longestBackoffMs, backoffSeconds * 1000 * 2 ** (attempt - 1));
  return full * (0.5 + random() / 2);
}
