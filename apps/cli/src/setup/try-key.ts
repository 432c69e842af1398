import { setTimeout } from 'node:timers/promises';
import type { Settings } from '@daytrade/contracts';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import { JQuantsClient, jquantsPlans, newestSessionOf, TokenBucket } from '@daytrade/market-data';

/** What the key is tried with. */
export interface KeyTrial {
  readonly key: string;
  readonly plan: Settings['DAYTRADE_JQUANTS_PLAN'];
  readonly url: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** Milliseconds. After a 429 the client would wait for minutes, for which nobody sits there. */
const longestTrial = 45_000;
/** A symbol that has a bar each day: Toyota. */
const code = '72030';

/**
 * Asks J-Quants one question: for the newest bar that the plan should give. So the answer says whether the key is
 * right, and whether the plan reaches as far as the person thinks.
 *
 * @throws DayTradeError `data.provider-forbidden` for a wrong key; `data.provider-refused` where the plan of the key
 *   does not have that day; as `JQuantsClient.get` where there is no answer
 */
export async function tryKey({ key, plan, url, now, signal }: KeyTrial): Promise<void> {
  const clock = { now: () => performance.now(), pause: (ms: number, ends?: AbortSignal) => wait(ms, ends) };
  const client = new JQuantsClient({
    baseUrl: url,
    apiKey: () => Promise.resolve(key),
    bucket: new TokenBucket(jquantsPlans[plan].requestsPerMinute, clock),
    now,
  });
  const late = AbortSignal.timeout(longestTrial);
  const date = newestSessionOf(jquantsPlans[plan], now());
  try {
    await client.get('/equities/bars/daily', { code, date }, AbortSignal.any([signal, late]));
  } catch (error) {
    if (signal.aborted) throw new DayTradeError('run.cancelled', 'the setup was stopped; nothing was written');
    if (late.aborted) throw tooLate(url);
    throw isDayTradeError(error) && error.code === 'data.provider-refused' ? outsideOfPlan(error, plan, date) : error;
  }
}

function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return setTimeout(milliseconds, undefined, { signal });
}

function tooLate(url: string): DayTradeError {
  const seconds = longestTrial / 1000;
  return new DayTradeError(
    'data.provider-failed',
    `${url} took no request within ${seconds} s; try again in some minutes`,
  );
}

function outsideOfPlan(error: DayTradeError, plan: string, date: string): DayTradeError {
  const message =
    `the key is taken, but it does not give the bars of ${date}, as the plan "${plan}" would: is it ` +
    `another plan? ${error.message}`;
  return new DayTradeError('data.provider-refused', message, { details: { plan, date }, cause: error });
}
