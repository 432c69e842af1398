import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import { readBounded } from './bounded-body.ts';
import { explainStatus, quoteMessage } from './explain-status.ts';
import type { TokenBucket } from './token-bucket.ts';

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

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A day of all 4,400 issues has about one million bytes. */
const mostBytes = 32 * 1024 * 1024;
const longestSkew = 3_600_000;
/**
 * Waits after a 429 that names none. At least one minute, two to be sure, is what the provider asks for; who goes on is
 * blocked for about five (https://jpx-jquants.com/en/spec/rate-limits).
 */
const waitsAfterRefusal = [120_000, 300_000, 300_000] as const;
const longestRetryAfter = 900_000;

/**
 * Requests to J-Quants API V2, held to the limit of the plan. The key travels in a header, to the one address alone: a
 * redirect is not followed. Neither it nor the query's answer is in any error.
 *
 * @example
 * const { body } = await client.get('/equities/master', {});
 */
export class JQuantsClient {
  readonly #options: JQuantsClientOptions;
  readonly #baseUrl: string;

  constructor(options: JQuantsClientOptions) {
    this.#options = options;
    this.#baseUrl = options.baseUrl.replace(/\/+$/, '');
  }

  /**
   * @throws DayTradeError `data.provider-failed`, which may be tried again; `data.provider-throttled`,
   * `data.provider-forbidden`, `data.provider-refused`, `data.provider-reply-invalid`, `data.clock-skew`; the reason of
   * the signal
   */
  async get(path: string, query: JQuantsQuery, signal?: AbortSignal): Promise<JQuantsReply> {
    const key = await this.#options.apiKey();
    const what = `${path}${whatIsAsked(query)}`;
    const answer = await this.#untilAdmitted(what, () => this.#send(path, query, key, signal), signal);
    if (answer.status !== 200) throw explainStatus(answer.status, what, quoteMessage(answer.text, key));
    this.#checkClock(answer.headers.get('date'));
    return { what, body: parseJson(answer, what) };
  }

  async #untilAdmitted(what: string, send: () => Promise<Answer>, signal?: AbortSignal): Promise<Answer> {
    const { bucket } = this.#options;
    for (let refusals = 0; ; refusals += 1) {
      await bucket.take(signal);
      const answer = await send();
      if (answer.status !== 429) return answer;
      const wait = waitAfter(answer.headers.get('retry-after'), refusals, this.#options.now());
      if (wait === undefined) throw throttled(what, refusals + 1);
      bucket.close(wait);
    }
  }

  async #send(path: string, query: JQuantsQuery, key: string, signal?: AbortSignal): Promise<Answer> {
    const { fetch = globalThis.fetch, timeoutMilliseconds = 30_000 } = this.#options;
    const url = `${this.#baseUrl}${path}?${new URLSearchParams(query).toString()}`;
    const deadline = AbortSignal.timeout(timeoutMilliseconds);
    const ends = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
    try {
      const headers = { 'x-api-key': key, accept: 'application/json' };
      const response = await fetch(url, { headers, redirect: 'manual', signal: ends });
      const text = await readBounded(response, mostBytes, path);
      return { status: response.status, headers: response.headers, text };
    } catch (error) {
      if (signal?.aborted === true || isDayTradeError(error)) throw error;
      const reason = deadline.aborted ? `no whole answer within ${timeoutMilliseconds / 1000} s` : reasonOf(error);
      throw new DayTradeError('data.provider-failed', `${path}: ${this.#baseUrl}: ${reason}`, { details: { reason } });
    }
  }

  /** Our clock says which sessions are over: one that is wrong asks for the wrong days. */
  #checkClock(date: string | null): void {
    const theirs = Date.parse(date ?? '');
    const ours = this.#options.now();
    if (Number.isNaN(theirs) || Math.abs(ours - theirs) <= longestSkew) return;
    const [here, there] = [ours, theirs].map((time) => new Date(time).toISOString());
    const message = `the clock of this machine says ${here}, the one of J-Quants ${there}: so it is not known which sessions are over`;
    throw new DayTradeError('data.clock-skew', message, { details: { here, there } });
  }
}

function whatIsAsked(query: JQuantsQuery): string {
  const asked = Object.entries(query).filter(([name]) => name !== 'pagination_key');
  return asked.map(([name, value]) => ` ${name} ${value}`).join('');
}

function parseJson({ headers, text }: Answer, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const type = headers.get('content-type') ?? 'no content type';
    if (/html/i.test(type) || /^\s*</.test(text)) {
      const message = `${what}: a page of HTML came in the place of JSON: is DAYTRADE_JQUANTS_URL right, or does a proxy answer?`;
      throw new DayTradeError('data.provider-reply-invalid', message, { details: { type } });
    }
    // A body that ends early without its end being announced is not JSON either, and may be whole the next time.
    throw new DayTradeError(
      'data.provider-failed',
      `${what}: the reply is not JSON, or ends early (${text.length} characters)`,
    );
  }
}

/** Undefined when waiting is of no use any more. */
function waitAfter(retryAfter: string | null, refusals: number, now: number): number | undefined {
  const usual = waitsAfterRefusal[refusals];
  if (usual === undefined || retryAfter === null) return usual;
  const seconds = Number(retryAfter);
  const asked = Number.isNaN(seconds) ? Date.parse(retryAfter) - now : 1000 * seconds;
  if (Number.isNaN(asked)) return usual;
  if (asked > longestRetryAfter) return undefined;
  // The first time its word counts; who was refused again has met the long block.
  return Math.max(asked, refusals === 0 ? 1000 : usual);
}

function throttled(what: string, refusals: number): DayTradeError {
  const words = `too many requests, ${refusals} times in a row; does another program use the key, and is DAYTRADE_JQUANTS_PLAN right?`;
  return new DayTradeError('data.provider-throttled', `${what}: J-Quants answered 429, ${words}`);
}

/** The system's reason, for example ECONNREFUSED, which `fetch` keeps in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error.message;
}
