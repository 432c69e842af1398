import { DayTradeError, type ErrorCode, isDayTradeError } from '@daytrade/errors';
import { formatSymbol, japanDate, type SymbolCode, type TradeDate } from '@daytrade/market';
import type { DateRange } from '../network/missing-bars.ts';
import { invalid, LimitedRequests, parseJsonReply, type WaitListener } from '../network/requests.ts';
import type { TokenBucket } from '../network/token-bucket.ts';

interface JQuantsClientOptions {
  /** For example `https://api.jquants.com/v2`. */
  readonly baseUrl: string;
  /** Asked for when the first request is made. */
  readonly apiKey: () => Promise<string>;
  readonly bucket: TokenBucket;
  /** The clock, milliseconds since 1970 UTC, against which the one of the server is held. */
  readonly now: () => number;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Time limit of a request with its body; default 30 s. */
  readonly timeoutMilliseconds?: number | undefined;
}

type JQuantsQuery = Readonly<Record<string, string>>;

/** A reply, unpacked and parsed, with the name of its request in messages. */
interface JQuantsReply {
  readonly what: string;
  readonly body: unknown;
}

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
}

function whatIsAsked(query: JQuantsQuery): string {
  const asked = Object.entries(query).filter(([name]) => name !== 'pagination_key');
  return asked.map(([name, value]) => ` ${name} ${value}`).join('');
}

const longestQuote = 200;

/** Quotes the provider's message in one bounded line without the key; empty without a message. */
function quoteMessage(body: string, apiKey: string): string {
  const said = messageIn(body);
  if (said === undefined) return '';
  const line = said.replaceAll(apiKey, '(hidden)').replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ');
  return `: "${line.slice(0, longestQuote)}"`;
}

function messageIn(body: string): string | undefined {
  try {
    const { message } = JSON.parse(body) as { readonly message?: unknown };
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Explains a status other than 200 (https://jpx-jquants.com/en/spec/response-status). 403 stands for a wrong key, a
 * plan without the endpoint and a wrong path alike.
 *
 * @param said the provider's words as `quoteMessage` gives them
 */
function explainStatus(status: number, what: string, said: string): DayTradeError {
  const [code, words] = meaningOf(status, said);
  return new DayTradeError(code, `${what}: J-Quants answered ${status}${said}; ${words}`, { details: { status } });
}

function meaningOf(status: number, said: string): readonly [ErrorCode, string] {
  if (status === 401 || status === 403) return ['data.provider-forbidden', forbidden(said)];
  if (status >= 500 || status === 408) return ['data.provider-failed', 'it may work again later'];
  if (status >= 300 && status < 400) {
    return [
      'data.provider-reply-invalid',
      'it sends on to another place, where the key is not sent: correct DAYTRADE_JQUANTS_URL',
    ];
  }
  if (status === 404) return ['data.provider-refused', 'nothing is at that path: correct DAYTRADE_JQUANTS_URL'];
  if (status === 400) {
    return [
      'data.provider-refused',
      'it does not take the question: ask for a code that is listed and for days that the plan holds',
    ];
  }
  return ['data.provider-reply-invalid', 'that is no answer of its interface'];
}

function forbidden(said: string): string {
  if (/api key|expired/i.test(said))
    return 'make a new key on its page of API keys and set DAYTRADE_JQUANTS_API_KEY to it';
  return (
    'either the key is wrong (DAYTRADE_JQUANTS_API_KEY), or the plan has no such data (its table of plans shows ' +
    'which has)'
  );
}

/** A row as it came: an object of the wire, of which nothing is believed yet. */
export type JQuantsRow = Readonly<Record<string, unknown>>;

/** Pages in a row that hold nothing new before the provider is said to repeat itself. */
const mostIdlePages = 3;

/**
 * Every row of an endpoint, page after page until no `pagination_key` comes. A row that came before, equal in all, is
 * left out: a page that was sent twice is not a fault of the rows.
 *
 * @throws DayTradeError as `JQuantsClient.get`; `data.provider-reply-invalid` for a reply of another form, a key that
 * came before, or pages without end that hold nothing new
 */
export async function readPages(
  client: JQuantsClient,
  path: string,
  query: JQuantsQuery,
  signal?: AbortSignal,
): Promise<readonly JQuantsRow[]> {
  const rows = new Map<string, JQuantsRow>();
  const keys = new Set<string>();
  let idlePages = 0;
  let page: JQuantsQuery = query;
  for (;;) {
    const reply = await client.get(path, page, signal);
    const before = rows.size;
    for (const row of rowsOf(reply)) rows.set(JSON.stringify(row), row);
    const key = keyOf(reply);
    if (key === undefined) return [...rows.values()];
    idlePages = rows.size === before ? idlePages + 1 : 0;
    if (keys.has(key)) throw invalid(reply.what, `the pages repeat: the key of page ${keys.size + 1} came before`);
    if (idlePages === mostIdlePages) throw invalid(reply.what, `${mostIdlePages} pages in a row hold nothing new`);
    keys.add(key);
    page = { ...query, pagination_key: key };
  }
}

/**
 * Every row of a symbol in ranges of days.
 *
 * @throws DayTradeError as `readPages`; `data.provider-reply-invalid` for a row of another code
 */
export async function readRanges(
  client: JQuantsClient,
  path: string,
  symbol: SymbolCode,
  ranges: readonly DateRange[],
  signal?: AbortSignal,
): Promise<readonly JQuantsRow[]> {
  const code = formatSymbol(symbol, 'five');
  const rows: JQuantsRow[] = [];
  for (const { from, to } of ranges) rows.push(...(await readPages(client, path, { code, from, to }, signal)));
  if (rows.every(({ Code: other }) => other === code)) return rows;
  throw invalid(`${path} code ${symbol}`, 'a row of another code came');
}

function rowsOf({ what, body }: JQuantsReply): readonly JQuantsRow[] {
  const data = (body as { readonly data?: unknown } | null)?.data;
  if (!Array.isArray(data)) throw invalid(what, 'expected an object with an array "data"');
  const wrong = data.findIndex((row) => typeof row !== 'object' || row === null || Array.isArray(row));
  if (wrong >= 0) throw invalid(what, `expected an object at data[${wrong}]`);
  return data as JQuantsRow[];
}

function keyOf({ what, body }: JQuantsReply): string | undefined {
  const key = (body as { readonly pagination_key?: unknown }).pagination_key;
  if (key === undefined || key === null || key === '') return undefined;
  if (typeof key === 'string') return key;
  throw invalid(what, 'expected a text as "pagination_key"');
}

const ofOneEndpoint: ReadonlySet<ErrorCode> = new Set([
  'data.provider-failed',
  'data.provider-forbidden',
  'data.provider-refused',
  'data.provider-reply-invalid',
]);

/** Returns true for a failure that other endpoints need not share. */
export function concernsOneEndpoint(error: unknown): error is DayTradeError {
  return isDayTradeError(error) && ofOneEndpoint.has(error.code);
}
