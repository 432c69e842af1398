import { DayTradeError, type ErrorCode, isDayTradeError } from '@daytrade/errors';
import { fiveCharacters, japanDate, type SymbolCode, type TradeDate } from '@daytrade/market';
import type { DateRange } from '../network/missing-bars.ts';
import { invalid, LimitedRequests, type ProviderAccess, type StatusMeaning } from '../network/requests.ts';

interface JQuantsClientOptions extends ProviderAccess {
  /** Asked for when the first request is made. */
  readonly apiKey: () => Promise<string>;
}

type JQuantsQuery = Readonly<Record<string, string>>;

/** A reply, unpacked and parsed, with the name of its request in messages. */
interface JQuantsReply {
  readonly what: string;
  readonly body: unknown;
}

/** Requests to J-Quants API V2, held to the limit of the plan. The key travels in a header, and is in no error. */
export class JQuantsClient {
  readonly requests: LimitedRequests;
  readonly #apiKey: () => Promise<string>;

  constructor({ apiKey, ...access }: JQuantsClientOptions) {
    this.#apiKey = apiKey;
    this.requests = new LimitedRequests(access, {
      provider: 'J-Quants',
      whyThrottled: 'does another program use the key, and is DAYTRADE_JQUANTS_PLAN right?',
      addressSetting: 'DAYTRADE_JQUANTS_URL',
      messageIn: (body) => (body as { readonly message?: unknown }).message,
      meaningOf,
    });
  }

  today(): TradeDate {
    return japanDate(this.requests.now());
  }

  /** @throws DayTradeError as `LimitedRequests.json` */
  async get(path: string, query: JQuantsQuery, signal?: AbortSignal): Promise<JQuantsReply> {
    const key = await this.#apiKey();
    const what = `${path}${whatIsAsked(query)}`;
    const headers = { 'x-api-key': key, accept: 'application/json' };
    const asked = `${path}?${new URLSearchParams(query).toString()}`;
    return { what, body: await this.requests.json({ path: asked, headers, what, secret: key }, signal) };
  }
}

function whatIsAsked(query: JQuantsQuery): string {
  const asked = Object.entries(query).filter(([name]) => name !== 'pagination_key');
  return asked.map(([name, value]) => ` ${name} ${value}`).join('');
}

/**
 * Explains a status (https://jpx-jquants.com/en/spec/response-status). 403 stands for a wrong key, a plan without the
 * endpoint and a wrong path alike.
 */
function meaningOf(status: number, said = ''): StatusMeaning | undefined {
  if (status === 400) {
    return [
      'data.provider-refused',
      'it does not take the question: ask for a code that is listed and for days that the plan holds',
    ];
  }
  if (status !== 401 && status !== 403) return undefined;
  const words = /api key|expired/i.test(said)
    ? 'make a new key on its page of API keys and set DAYTRADE_JQUANTS_API_KEY to it'
    : 'either the key is wrong (DAYTRADE_JQUANTS_API_KEY), or the plan has no such data (its table of plans shows ' +
      'which has)';
  return ['data.provider-forbidden', words];
}

/** A row as it came: an object of the wire, of which nothing is believed yet. */
export type JQuantsRow = Readonly<Record<string, unknown>>;

/**
 * Every row of an endpoint, page after page until no `pagination_key` comes.
 *
 * @throws DayTradeError as `JQuantsClient.get`; `data.provider-reply-invalid` for a reply of another form, or a key
 * that came before
 */
export async function readPages(
  client: JQuantsClient,
  path: string,
  query: JQuantsQuery,
  signal?: AbortSignal,
): Promise<readonly JQuantsRow[]> {
  const rows: JQuantsRow[] = [];
  const keys = new Set<string>();
  let page: JQuantsQuery = query;
  for (;;) {
    const reply = await client.get(path, page, signal);
    rows.push(...rowsOf(reply));
    const key = keyOf(reply);
    if (key === undefined) return rows;
    if (keys.has(key)) throw invalid(reply.what, `the pages repeat: the key of page ${keys.size + 1} came before`);
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
  const code = fiveCharacters(symbol);
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
