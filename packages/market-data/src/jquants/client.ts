import { DayTradeError } from '@daytrade/errors';
import { japanDate, type TradeDate } from '@daytrade/market';
import { parseJsonReply } from '../network/json-reply.ts';
import { LimitedRequests, type WaitListener } from '../network/limited-requests.ts';
import type { TokenBucket } from '../network/token-bucket.ts';
import { explainStatus, quoteMessage } from './explain-status.ts';

export interface JQuantsClientOptions {
  /** For example `https://api.jquants.com/v2`. */
  readonly baseUrl: string;
  /** Asked for when the first request is made. */
  readonly apiKey: () => Promise<string>;
  readonly bucket: TokenBucket;
  /** The clock, milliseconds since 1970 UTC, against which the one of the server is held. */
  readonly now: () => number;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** How long one request may take, body and all; default 30 s. */
  readonly timeoutMilliseconds?: number | undefined;
}

export type JQuantsQuery = Readonly<Record<string, string>>;

/** What came back, unpacked and read, and for the messages what it answers. */
export interface JQuantsReply {
  readonly what: string;
  readonly body: unknown;
}

/** A month of all issues has about three million bytes, and a line may be slow. */
const fileTimeout = 180_000;
/**
 * Requests to J-Quants API V2, held to the limit of the plan. The key travels in a header, to the one address alone: a
 * redirect is not followed. Neither it nor the query's answer is in any error.
 *
 * @example
 * const { body } = await client.get('/equities/master', {});
 */
export class JQuantsClient {
  readonly #options: JQuantsClientOptions;
  readonly #requests: LimitedRequests;
  readonly #baseUrl: string;

  constructor(options: JQuantsClientOptions) {
    this.#options = options;
    const whyThrottled = 'does another program use the key, and is DAYTRADE_JQUANTS_PLAN right?';
    this.#requests = new LimitedRequests({ ...options, provider: 'J-Quants', whyThrottled });
    this.#baseUrl = options.baseUrl.replace(/\/+$/, '');
  }

  /** Has every wait reported before it begins; one listener at a time. */
  watch(onWait: WaitListener): void {
    this.#requests.watch(onWait);
  }

  /** The day it is in Japan. */
  today(): TradeDate {
    return japanDate(this.#options.now());
  }

  /** Milliseconds until a number of requests more have left, at the earliest. */
  timeFor(requests: number): number {
    return this.#requests.timeFor(requests);
  }

  /**
   * @throws DayTradeError `data.provider-failed`, which may be tried again; `data.provider-throttled`,
   * `data.provider-forbidden`, `data.provider-refused`, `data.provider-reply-invalid`, `data.clock-skew`; the reason of
   * the signal
   */
  async get(path: string, query: JQuantsQuery, signal?: AbortSignal): Promise<JQuantsReply> {
    const { apiKey, timeoutMilliseconds = 30_000 } = this.#options;
    const key = await apiKey();
    const what = `${path}${whatIsAsked(query)}`;
    const url = `${this.#baseUrl}${path}?${new URLSearchParams(query).toString()}`;
    const headers = { 'x-api-key': key, accept: 'application/json' };
    const answer = await this.#requests.ask({ url, headers, what, timeoutMilliseconds }, signal);
    if (answer.status !== 200) {
      throw explainStatus(answer.status, what, quoteMessage(new TextDecoder().decode(answer.bytes), key));
    }
    this.#requests.checkClock(answer);
    return { what, body: parseJsonReply(answer, what, 'DAYTRADE_JQUANTS_URL') };
  }

  /**
   * A file at an address that J-Quants gave, which lets whoever has it read the file: the key is not sent there. The
   * limit is of requests to the API (https://jpx-jquants.com/en/spec/rate-limits), which knows them by the key: what
   * lies on another host does not count, what lies on its own is held to the limit with the others.
   *
   * @param what names the file in messages
   * @throws DayTradeError as `get`
   */
  async download(url: string, what: string, signal?: AbortSignal): Promise<Uint8Array> {
    if (!mayBeRead(url)) {
      throw new DayTradeError('data.provider-reply-invalid', `${what}: expected an https address of the file`);
    }
    const { timeoutMilliseconds = fileTimeout } = this.#options;
    const request = { url, headers: {}, what, timeoutMilliseconds };
    const isOfApi = new URL(url).host === new URL(this.#baseUrl).host;
    const { status, bytes } = await (isOfApi
      ? this.#requests.ask(request, signal)
      : this.#requests.askUncounted(request, signal));
    if (status === 200) return bytes;
    // An address lasts for five minutes; a new one is asked for.
    const words = `the place of the file answered ${status}`;
    throw new DayTradeError('data.provider-failed', `${what}: ${words}`, { details: { status } });
  }
}

/** In clear on this machine alone, as the address of J-Quants itself. */
function mayBeRead(url: string): boolean {
  const { protocol, hostname } = URL.parse(url) ?? {};
  return protocol === 'https:' || (protocol === 'http:' && /^(?:localhost|127\..*|\[::1\])$/.test(hostname ?? ''));
}

function whatIsAsked(query: JQuantsQuery): string {
  const asked = Object.entries(query).filter(([name]) => name !== 'pagination_key');
  return asked.map(([name, value]) => ` ${name} ${value}`).join('');
}
