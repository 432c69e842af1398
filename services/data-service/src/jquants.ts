import { setTimeout } from 'node:timers/promises';
import { type FetchRequest, type RequestedUniverse, universeIn } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { parseSymbol, type TradeDate } from '@daytrade/market';
import {
  type BarProvider,
  type BucketClock,
  firstDayOf,
  JQuantsClient,
  JQuantsProvider,
  jquantsPlans,
  newestSessionOf,
  TokenBucket,
} from '@daytrade/market-data';
import type { DataServiceDependencies, DataServiceSettings } from './dependencies.ts';
import { jquantsKey } from './jquants-key.ts';

export type JQuantsRequest = Extract<FetchRequest, { readonly provider: 'jquants' }>;

/** One that nobody sets while requests are counted. */
const steadyClock: BucketClock = {
  now: () => performance.now(),
  pause: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
};

/** The tokens of a process, which its fetches and updates share, by what they were made for. */
const buckets = new WeakMap<object, TokenBucket>();

/**
 * Daily bars of J-Quants, with the key and the plan of the settings.
 *
 * @throws DayTradeError `settings.invalid` without a key; `input.invalid` for a day that is not over or that the plan
 *   holds back
 */
export function jquantsProvider(
  request: JQuantsRequest,
  { settings, stores, clock }: Pick<DataServiceDependencies, 'settings' | 'stores' | 'clock'>,
): BarProvider {
  const plan = jquantsPlans[settings.DAYTRADE_JQUANTS_PLAN];
  const newest = newestSessionOf(plan, clock.now());
  const { from, to = newest } = request;
  if (to > newest) throw notThere(to, newest, settings);
  const asked = askedOf(request, settings);
  return new JQuantsProvider({
    client: jquantsClient({ settings, stores, clock }),
    plan,
    symbols: 'universe' in asked ? asked.universe : asked.symbols.map((symbol) => parseSymbol(symbol)),
    range: { from: from ?? firstDayOf(plan, clock.now()), to },
    isFromGiven: from !== undefined,
    isToNewest: to === newest,
    priceBasis: request.priceBasis ?? 'split-adjusted',
    stored: (symbol) => stores.symbols.find(symbol),
  });
}

/**
 * Requests to J-Quants with the key and the plan of the settings, counted together with all others of the process.
 *
 * @throws DayTradeError `settings.invalid` without a key
 */
export function jquantsClient({
  settings,
  stores,
  clock,
}: Pick<DataServiceDependencies, 'settings' | 'stores' | 'clock'>): JQuantsClient {
  return new JQuantsClient({
    baseUrl: settings.DAYTRADE_JQUANTS_URL,
    apiKey: jquantsKey(settings),
    bucket: bucketFor(stores, jquantsPlans[settings.DAYTRADE_JQUANTS_PLAN].requestsPerMinute),
    now: () => clock.now(),
  });
}

/** The symbols or the universe of a request; without either, those of the settings are meant. */
export function askedOf({ symbols, universe }: JQuantsRequest, settings: DataServiceSettings): RequestedUniverse {
  if (symbols !== undefined) return { symbols };
  return universe === undefined ? universeIn(settings.DAYTRADE_UNIVERSE) : { universe };
}

function bucketFor(owner: object, requestsPerMinute: number): TokenBucket {
  const bucket = buckets.get(owner) ?? new TokenBucket(requestsPerMinute, steadyClock);
  buckets.set(owner, bucket);
  return bucket;
}

function notThere(
  to: TradeDate,
  newest: TradeDate,
  { DAYTRADE_JQUANTS_PLAN: plan }: DataServiceSettings,
): DayTradeError {
  const why =
    plan === 'free'
      ? 'the free plan holds bars back for 12 weeks'
      : 'a bar is there an hour after the close of its session';
  return new DayTradeError(
    'input.invalid',
    `to: expected a day up to ${newest}, since ${why}, got ${JSON.stringify(to)}`,
    { details: { field: 'to', value: to, newest } },
  );
}
