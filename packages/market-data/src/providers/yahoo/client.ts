import type { SymbolCode } from '@daytrade/market';
import { LimitedRequests, type ProviderAccess, type StatusMeaning } from '../network/requests.ts';
import { readChart, type YahooChart } from './chart.ts';

/** Yahoo names no limit; who asks more than about one a second is answered 429 sooner or later. */
export const yahooRequestsPerMinute = 60;

/** Request headers. Yahoo often refuses requests without a user agent. */
const headers = { accept: 'application/json', 'user-agent': 'Mozilla/5.0 (compatible; day-trade)' };

/** Requests to the chart of Yahoo Finance, an interface that Yahoo neither documents nor promises. */
export class YahooClient {
  readonly requests: LimitedRequests;

  constructor(access: ProviderAccess) {
    this.requests = new LimitedRequests(access, {
      provider: 'Yahoo',
      whyThrottled: 'it names no limit: try again in some hours, or use a provider with a contract',
      addressSetting: 'DAYTRADE_YAHOO_URL',
      messageIn,
      meaningOf,
    });
  }

  /**
   * Daily bars of a symbol of Tokyo between two instants, seconds since 1970 UTC, with splits and dividends.
   *
   * @throws DayTradeError as `LimitedRequests.json`; `data.symbol-unknown`
   */
  async chart(
    symbol: SymbolCode,
    { from, to }: { readonly from: number; readonly to: number },
    signal?: AbortSignal,
  ): Promise<YahooChart> {
    const ticker = `${symbol}.T`;
    const what = `chart ${ticker}`;
    const query = new URLSearchParams({
      period1: String(from),
      period2: String(to),
      interval: '1d',
      events: 'div,splits',
      includePrePost: 'false',
    });
    const path = `/v8/finance/chart/${ticker}?${query.toString()}`;
    return readChart(await this.requests.json({ path, headers, what }, signal), { what, ticker });
  }
}

/** Returns the `description` of the error in a reply. */
function messageIn(body: unknown): unknown {
  const { chart, finance } = body as Readonly<Record<string, Wrapped | undefined>>;
  return (chart ?? finance)?.error?.description;
}

interface Wrapped {
  readonly error?: { readonly description?: unknown } | null;
}

/** Explains a status. Yahoo documents none; these were observed. */
function meaningOf(status: number, said: string | undefined): StatusMeaning | undefined {
  if (status === 404 && said !== undefined) {
    return ['data.symbol-unknown', 'a wrong code, or it was delisted, merged or got another code'];
  }
  if (status === 400 || status === 422) {
    return ['data.provider-refused', 'it does not take the question: ask for days on which the symbol was listed'];
  }
  if (status === 401 || status === 403) {
    return [
      'data.provider-forbidden',
      'the interface is unofficial and may be closed at any time: use a provider with a contract, as jquants',
    ];
  }
  return undefined;
}
