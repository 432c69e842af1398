import { DayTradeError } from '@daytrade/errors';

/**
 * Waits after a 429 that names none. At least one minute, two to be sure, is what the provider asks for; who goes on is
 * blocked for about five (https://jpx-jquants.com/en/spec/rate-limits).
 */
const waitsAfterRefusal = [120_000, 300_000, 300_000] as const;
const longestRetryAfter = 900_000;

/**
 * Milliseconds to wait after a 429; undefined when waiting is of no use any more.
 *
 * @param retryAfter the header of the reply
 * @param refusals how many came in a row before this one
 * @param now milliseconds since 1970 UTC
 */
export function waitAfter(retryAfter: string | null, refusals: number, now: number): number | undefined {
  const usual = waitsAfterRefusal[refusals];
  if (usual === undefined || retryAfter === null) return usual;
  const seconds = Number(retryAfter);
  const asked = Number.isNaN(seconds) ? Date.parse(retryAfter) - now : 1000 * seconds;
  if (Number.isNaN(asked)) return usual;
  if (asked > longestRetryAfter) return undefined;
  // The first time its word counts; who was refused again has met the long block.
  return Math.max(asked, refusals === 0 ? 1000 : usual);
}

/**
 * The error of a request that was refused until waiting was of no use.
 *
 * @param who what was asked for, and who answered
 * @param question what the user may look at
 */
export function throttled(who: string, refusals: number, question: string): DayTradeError {
  const words = `too many requests, ${refusals} times in a row; ${question}`;
  return new DayTradeError('data.provider-throttled', `${who} answered 429, ${words}`);
}
