import { type FetchRequest, universeIn } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { addDays, parseSymbol } from '@daytrade/market';
import {
  type BarProvider,
  newestReadySession,
  YahooClient,
  YahooProvider,
  yahooRequestsPerMinute,
} from '@daytrade/market-data';
import type { DataServiceDependencies, DataServiceSettings } from './dependencies.ts';
import { requestBucket } from './request-buckets.ts';

export type YahooRequest = Extract<FetchRequest, { readonly provider: 'yahoo' }>;

const daysOfHistory = 3_652;

/**
 * Bars of Yahoo Finance, for who has said that its use is known to be unofficial.
 *
 * @throws DayTradeError `settings.invalid` where nobody has; `input.invalid` without codes, or for a day that is not
 *   over
 */
export function yahooProvider(
  request: YahooRequest,
  { settings, stores, clock }: Pick<DataServiceDependencies, 'settings' | 'stores' | 'clock'>,
): BarProvider {
  if (settings.DAYTRADE_YAHOO_USE === 'off' && request.unofficial !== true) throw notAcknowledged();
  const newest = newestReadySession(clock.now());
  const { from = addDays(newest, -daysOfHistory), to = newest } = request;
  if (to > newest) {
    const expected = `expected a day up to ${newest}, whose session has been over for an hour`;
    throw new DayTradeError('input.invalid', `to: ${expected}, got ${JSON.stringify(to)}`, {
      details: { field: 'to', value: to, newest },
    });
  }
  return new YahooProvider({
    client: new YahooClient({
      baseUrl: settings.DAYTRADE_YAHOO_URL,
      bucket: requestBucket(stores, 'yahoo', yahooRequestsPerMinute),
      now: () => clock.now(),
    }),
    symbols: symbolsOf(request, settings).map((symbol) => parseSymbol(symbol)),
    range: { from, to },
    isFromGiven: request.from !== undefined,
    isAgain: request.again,
    priceBasis: request.priceBasis ?? 'split-adjusted',
    stored: (symbol) => stores.symbols.find(symbol),
  });
}

/** The codes that the settings name; undefined where they name an index. */
export function codesIn({ DAYTRADE_UNIVERSE: setting }: DataServiceSettings): string[] | undefined {
  const asked = universeIn(setting);
  return 'symbols' in asked ? asked.symbols : undefined;
}

function symbolsOf({ symbols }: YahooRequest, settings: DataServiceSettings): readonly string[] {
  const asked = symbols ?? codesIn(settings);
  if (asked !== undefined) return asked;
  const { DAYTRADE_UNIVERSE: universe } = settings;
  throw new DayTradeError(
    'input.invalid',
    `symbols: expected codes, as 7203,6758, since Yahoo does not know the members of ${universe}; name them, or set ` +
      'DAYTRADE_UNIVERSE to them',
    { details: { field: 'symbols' } },
  );
}

function notAcknowledged(): DayTradeError {
  return new DayTradeError(
    'settings.invalid',
    'DAYTRADE_YAHOO_USE="off": expected "on", or --unofficial for one fetch. Yahoo Finance is an unofficial source: ' +
      'it promises nothing, and whether you may use its data is your responsibility',
    { details: { field: 'DAYTRADE_YAHOO_USE' } },
  );
}
