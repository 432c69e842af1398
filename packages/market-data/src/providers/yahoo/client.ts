import { DayTradeError, type ErrorCode } from '@daytrade/errors';
import type { SymbolCode } from '@daytrade/market';
import { LimitedRequests, parseJsonReply, type WaitListener } from '../network/requests.ts';
import type { TokenBucket } from '../network/token-bucket.ts';
import { readChart, type YahooChart } from './chart.ts';

interface YahooClientOptions {
  /** For example `https://query1.finance.yahoo.com`. */
  readonly baseUrl: string;
  readonly bucket: TokenBucket;
  /** The clock, milliseconds since 1970 UTC, against which the one of the server is held. */
  readonly now: () => number;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Time limit of a request with its body; default 30 s. */
  readonly timeoutMilliseconds?: number | undefined;
}

/** Yahoo names no limit; who asks more than about one a second is answered 429 sooner or later. */
export const yahooRequestsPerMinute = 60;

/** Request headers. Yahoo often refuses requests without a user agent. */
const headers = { accept: 'application/json', 'user-agent': 'Mozilla/5.0 (compatible; day-trade)' };

/**
 * Requests to the chart of Yahoo Finance, an interface that Yahoo neither documents nor promises.
 *
 * @example
 * const chart = await client.chart(parseSymbol('7203'), { from: 1735776000, to: 1738368000 });
 */
export class YahooClient {
  readonly #options: YahooClientOptions;
  readonly #requests: LimitedRequests;
  readonly #baseUrl: string;

  constructor(options: YahooClientOptions) {
    this.#options = options;
    const whyThrottled = 'it names no limit: try again in some hours, or use a provider with a contract';
    this.#requests = new LimitedRequests({ ...options, provider: 'Yahoo', whyThrottled });
    this.#baseUrl = options.baseUrl.replace(/\/+$/, '');
  }

  /** Has every wait reported before it begins; one listener at a time. */
  watch(onWait: WaitListener): void {
    this.#requests.watch(onWait);
  }

  /** Milliseconds until a number of requests more have left, at the earliest. */
  timeFor(requests: number): number {
    return this.#requests.timeFor(requests);
  }

  /** The clock of the client, milliseconds since 1970 UTC. */
  now(): number {
    return this.#options.now();
  }

  /**
   * Daily bars of a symbol of Tokyo between two instants, seconds since 1970 UTC, with splits and dividends.
   *
   * @throws DayTradeError as `LimitedRequests.ask`; `data.symbol-unknown`, `data.provider-refused`,
   * `data.provider-forbidden`, `data.provider-reply-invalid`, `data.clock-skew`
   */
  async chart(
    symbol: SymbolCode,
    { from, to }: { readonly from: number; readonly to: number },
    signal?: AbortSignal,
  ): Promise<YahooChart> {
    const { timeoutMilliseconds = 30_000 } = this.#options;
    const ticker = `${symbol}.T`;
    const what = `chart ${ticker}`;
    const query = new URLSearchParams({
      period1: String(from),
      period2: String(to),
      interval: '1d',
      events: 'div,splits',
      includePrePost: 'false',
    });
    const url = `${this.#baseUrl}/v8/finance/chart/${ticker}?${query.toString()}`;
    const answer = await this.#requests.ask({ url, headers, what, timeoutMilliseconds }, signal);
    if (answer.status !== 200) {
      throw explainStatus(answer.status, what, quoteDescription(new TextDecoder().decode(answer.bytes)));
    }
    this.#requests.checkClock(answer);
    return readChart(parseJsonReply(answer, what, 'DAYTRADE_YAHOO_URL'), { what, ticker });
  }
}

const longestQuote = 200;

/** Returns Yahoo's own message, `description` of the error in a reply; undefined without one. */
function quoteDescription(body: string): string | undefined {
  try {
    const { chart, finance } = JSON.parse(body) as Readonly<Record<string, Wrapped | undefined>>;
    const said = (chart ?? finance)?.error?.description;
    return typeof said === 'string' ? oneLine(said) : undefined;
  } catch {
    return undefined;
  }
}

interface Wrapped {
  readonly error?: { readonly description?: unknown } | null;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ').slice(0, longestQuote);
}

/**
 * Explains a status other than 200. Yahoo documents none; these were observed.
 *
 * @param said Yahoo's words as `quoteDescription` gives them
 */
function explainStatus(status: number, what: string, said: string | undefined): DayTradeError {
  const [code, words] = meaningOf(status, said);
  const quoted = said === undefined ? '' : `: "${said}"`;
  return new DayTradeError(code, `${what}: Yahoo answered ${status}${quoted}; ${words}`, {
    details: { status, provider: 'yahoo' },
  });
}

function meaningOf(status: number, said: string | undefined): readonly [ErrorCode, string] {
  if (status === 404 && said !== undefined) {
    return ['data.symbol-unknown', 'a wrong code, or it was delisted, merged or got another code'];
  }
  if (status === 404) return ['data.provider-refused', 'nothing is at that path: correct DAYTRADE_YAHOO_URL'];
  if (status === 400 || status === 422) {
    return ['data.provider-refused', 'it does not take the question: ask for days on which the symbol was listed'];
  }
  if (status === 401 || status === 403) {
    return [
      'data.provider-forbidden',
      'the interface is unofficial and may be closed at any time: use a provider with a contract, as jquants',
    ];
  }
  if (status >= 500 || status === 408) return ['data.provider-failed', 'it may work again later'];
  if (status >= 300 && status < 400) {
    return ['data.provider-reply-invalid', 'it sends on to another place: correct DAYTRADE_YAHOO_URL'];
  }
  return ['data.provider-reply-invalid', 'that is no answer of its interface'];
}
