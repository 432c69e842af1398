import { setTimeout } from 'node:timers/promises';
import { type BucketClock, TokenBucket } from '@daytrade/market-data';

/** Limits that providers count apart: that of a plan of J-Quants, that of its add-on for minute bars, that of Yahoo. */
export type RequestLimit = 'plan' | 'add-on' | 'yahoo';

/** One that nobody sets while requests are counted. */
const steadyClock: BucketClock = {
  now: () => performance.now(),
  pause: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
};

/** The tokens of a process, which its fetches and updates share, by what they were made for. */
const buckets: Readonly<Record<RequestLimit, WeakMap<object, TokenBucket>>> = {
  plan: new WeakMap(),
  'add-on': new WeakMap(),
  yahoo: new WeakMap(),
};

/** `setup` tries the key with a request of its own, and most people fetch right after it. */
const requestsOfSetup = 1;

/** The tokens of a limit, one bucket for each owner. */
export function requestBucket(owner: object, limit: RequestLimit, requestsPerMinute: number): TokenBucket {
  const taken = limit === 'plan' ? requestsOfSetup : 0;
  const bucket = buckets[limit].get(owner) ?? new TokenBucket(requestsPerMinute, steadyClock, taken);
  buckets[limit].set(owner, bucket);
  return bucket;
}
