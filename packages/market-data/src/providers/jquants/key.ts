import { setTimeout } from 'node:timers/promises';
import type { Settings } from '@daytrade/contracts';
import { readSecret } from '@daytrade/contracts/secrets';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { KeyQuestion } from '../definition.ts';
import { TokenBucket } from '../network/token-bucket.ts';
import { JQuantsClient } from './client.ts';
import { jquantsPlans, newestSessionOf } from './plans.ts';

/**
 * Returns a reader of the API key. A key file is read for each fetch, so a key may be replaced while a process runs.
 *
 * @throws DayTradeError `settings.invalid` where neither the key nor its file is set; later, as `readSecret`
 */
export function keyOf(settings: Settings): () => Promise<string> {
  const { DAYTRADE_JQUANTS_API_KEY: key, DAYTRADE_JQUANTS_API_KEY_FILE: path } = settings;
  if (key === undefined && path === undefined) {
    const whereToGetOne = 'sign up at https://jpx-jquants.com and make one on its page of API keys';
    throw new DayTradeError(
      'settings.invalid',
      'DAYTRADE_JQUANTS_API_KEY: expected the key of J-Quants, or DAYTRADE_JQUANTS_API_KEY_FILE with a file ' +
        `that has it; ${whereToGetOne}`,
    );
  }
  let read: Promise<string> | undefined;
  return () => (read ??= readSecret(settings, 'DAYTRADE_JQUANTS_API_KEY').then((secret) => secret!));
}

export const keyQuestion: KeyQuestion = {
  issuer: 'J-Quants',
  address: 'https://jpx-jquants.com',
  setting: 'DAYTRADE_JQUANTS_API_KEY',
  fileSetting: 'DAYTRADE_JQUANTS_API_KEY_FILE',
  file: 'jquants-key',
  refusedSetting: 'DAYTRADE_JQUANTS_PLAN',
  expectation: ({ DAYTRADE_JQUANTS_PLAN: plan }) => {
    const { requestsPerMinute, delayDays, historyYears } = jquantsPlans[plan];
    const newest =
      delayDays === 0
        ? 'the bars of a day from 16:30 in Japan'
        : `bars that are ${delayDays / 7} weeks old at least, so that every forecast is for a session that is over`;
    return `The ${plan} plan gives ${newest}, ${historyYears} years back, with ${requestsPerMinute} requests a minute.`;
  },
  try: tryKey,
};

/** Milliseconds. After a 429 the client would wait for minutes, longer than a person does. */
const longestTrial = 45_000;
/** Toyota has a bar each day. */
const code = '72030';

/** Asks for the newest bar that the plan should give. The answer judges the key and the plan. */
async function tryKey(
  key: string,
  { settings, now, signal }: { readonly settings: Settings; readonly now: () => number; readonly signal: AbortSignal },
): Promise<void> {
  const { DAYTRADE_JQUANTS_PLAN: plan, DAYTRADE_JQUANTS_URL: baseUrl } = settings;
  const { requestsPerMinute } = jquantsPlans[plan];
  const pause = (milliseconds: number, ends?: AbortSignal) => setTimeout(milliseconds, undefined, { signal: ends });
  const bucket = new TokenBucket(requestsPerMinute, { now, pause });
  const client = new JQuantsClient({ baseUrl, apiKey: () => Promise.resolve(key), bucket, now });
  const late = AbortSignal.timeout(longestTrial);
  const date = newestSessionOf(jquantsPlans[plan], now());
  try {
    await client.get('/equities/bars/daily', { code, date }, AbortSignal.any([signal, late]));
  } catch (error) {
    if (signal.aborted) throw new DayTradeError('run.cancelled', 'the setup was stopped; nothing was written');
    if (late.aborted) throw tooLate(baseUrl);
    throw isDayTradeError(error) && error.code === 'data.provider-refused' ? outsideOfPlan(error, plan, date) : error;
  }
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
  return new DayTradeError('data.provider-refused', message, { cause: error });
}
