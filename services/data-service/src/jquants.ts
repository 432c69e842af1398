import { type FetchRequest, minuteSessionRange, type RequestedUniverse, universeIn } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { countSessions, parseSymbol, type TradeDate } from '@daytrade/market';
import {
  type BarProvider,
  firstDayOf,
  JQuantsClient,
  JQuantsProvider,
  jquantsPlans,
  MinuteBars,
  minuteRequestsPerMinute,
  newestSessionOf,
} from '@daytrade/market-data';
import type { DataServiceDependencies, DataServiceSettings } from './dependencies.ts';
import { jquantsKey } from './jquants-key.ts';
import { requestBucket } from './request-buckets.ts';
import { storedIntraday } from './stored-intraday.ts';
import { listingRecord } from './universe/listing-record.ts';

export type JQuantsRequest = Extract<FetchRequest, { readonly provider: 'jquants' }>;

/**
 * Bars of J-Quants, with the key and the plan of the settings.
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
  const { from, to = newest, again: isAgain } = request;
  if (to > newest) throw notThere(to, newest, settings);
  const asked = askedOf(request, settings);
  if (request.formerMembers === true && !('universe' in asked)) throw formerMembersOfCodes();
  const client = jquantsClient({ settings, stores, clock });
  const sessions = minuteSessionsOf(request, settings);
  const minutes = (): MinuteBars =>
    new MinuteBars({
      client: jquantsClient({ settings, stores, clock }, 'add-on'),
      planClient: client,
      sessions:
        isAgain === true && from !== undefined ? Math.min(countSessions(from, to), minuteSessionRange.max) : sessions,
      isAgain,
      stored: storedIntraday(stores.bars),
    });
  const firstDay = firstDayOf(plan, clock.now());
  const range = { from: from ?? firstDay, to };
  return new JQuantsProvider({
    listings: listingRecord(stores, request, range),
    client,
    plan,
    symbols: 'universe' in asked ? asked.universe : asked.symbols.map((symbol) => parseSymbol(symbol)),
    range,
    isFromGiven: from !== undefined,
    isToNewest: to === newest,
    firstDay,
    priceBasis: request.priceBasis ?? 'split-adjusted',
    stored: (symbol) => stores.symbols.find(symbol),
    isAgain,
    minutes: sessions === 0 ? undefined : minutes(),
  });
}

/** Of how many sessions minute bars are asked for; 0 for none. */
export function minuteSessionsOf({ minuteSessions }: JQuantsRequest, settings: DataServiceSettings): number {
  return minuteSessions ?? settings.DAYTRADE_JQUANTS_MINUTE_SESSIONS;
}

/**
 * Requests to J-Quants with the key and the plan of the settings, counted together with all others of the process.
 *
 * @param limit the one that J-Quants holds them to
 * @throws DayTradeError `settings.invalid` without a key
 */
export function jquantsClient(
  { settings, stores, clock }: Pick<DataServiceDependencies, 'settings' | 'stores' | 'clock'>,
  limit: 'plan' | 'add-on' = 'plan',
): JQuantsClient {
  const { requestsPerMinute } = jquantsPlans[settings.DAYTRADE_JQUANTS_PLAN];
  return new JQuantsClient({
    baseUrl: settings.DAYTRADE_JQUANTS_URL,
    apiKey: jquantsKey(settings),
    bucket: requestBucket(stores, limit, limit === 'plan' ? requestsPerMinute : minuteRequestsPerMinute),
    now: () => clock.now(),
  });
}

/** The symbols or the universe of a request; without either, those of the settings are meant. */
export function askedOf({ symbols, universe }: JQuantsRequest, settings: DataServiceSettings): RequestedUniverse {
  if (symbols !== undefined) return { symbols };
  return universe === undefined ? universeIn(settings.DAYTRADE_UNIVERSE) : { universe };
}

/** The request names no symbols, or it would have been refused: those of the settings are meant. */
function formerMembersOfCodes(): DayTradeError {
  return new DayTradeError(
    'input.invalid',
    'formerMembers: expected a universe, such as topix500: DAYTRADE_UNIVERSE names symbols, which have none',
    { details: { field: 'formerMembers' } },
  );
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
