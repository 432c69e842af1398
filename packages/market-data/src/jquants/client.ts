import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import { readBoundedBytes } from './bounded-body.ts';
import { explainStatus, quoteMessage } from './explain-status.ts';
import type { TokenBucket } from './token-bucket.ts';
import { throttled, waitAfter } from './too-many-requests.ts';

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

/** A wait before a request, in words. */
export type WaitListener = (why: string) => void;

interface Request {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Names it in messages, which never show the address of a file: whoever has that has the file. */
  readonly what: string;
  readonly timeoutMilliseconds: number;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/** A day of all 4,400 issues has about one million bytes. */
const mostBytes = 32 * 1024 * 1024;
const longestSkew = 3_600_000;
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
  readonly #baseUrl: string;
  #onWait: WaitListener = () => undefined;

  constructor(options: JQuantsClientOptions) {
    this.#options = options;
    this.#baseUrl = options.baseUrl.replace(/\/+$/, '');
  }

  /** Has every wait reported before it begins; one listener at a time. */
  watch(onWait: WaitListener): void {
    this.#onWait = onWait;
  }

  /** Milliseconds until a number of requests more have left, at the earliest. */
  timeFor(requests: number): number {
    return this.#options.bucket.timeFor(requests);
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
    const answer = await this.#ask({ url, headers, what, timeoutMilliseconds }, signal);
    const text = new TextDecoder().decode(answer.bytes);
    if (answer.status !== 200) throw explainStatus(answer.status, what, quoteMessage(text, key));
    this.#checkClock(answer.headers.get('date'));
    return { what, body: parseJson(answer.headers, text, what) };
  }

  /**
   * A file at an address that J-Quants gave, which lets whoever has it read the file: the key is not sent there. The
   * provider does not say whether these requests count; they are held to the limit with the others.
   *
   * @param what names the file in messages
   * @throws DayTradeError as `get`
   */
  async download(url: string, what: string, signal?: AbortSignal): Promise<Uint8Array> {
    if (!mayBeRead(url)) {
      throw new DayTradeError('data.provider-reply-invalid', `${what}: expected an https address of the file`);
    }
    const { timeoutMilliseconds = fileTimeout } = this.#options;
    const { status, bytes } = await this.#ask({ url, headers: {}, what, timeoutMilliseconds }, signal);
    if (status === 200) return bytes;
    // An address lasts for five minutes; a new one is asked for.
    const words = `the place of the file answered ${status}`;
    throw new DayTradeError('data.provider-failed', `${what}: ${words}`, { details: { status } });
  }

  async #ask(request: Request, signal?: AbortSignal): Promise<Answer> {
    const { bucket, now } = this.#options;
    for (let refusals = 0; ; refusals += 1) {
      const why = refusals === 0 ? 'for the limit of requests a minute' : 'since J-Quants had too many requests';
      await bucket.take(signal, (wait) => this.#onWait(`waits ${Math.ceil(wait / 1000)} s ${why}`));
      const answer = await this.#send(request, signal);
      if (answer.status !== 429) return answer;
      const wait = waitAfter(answer.headers.get('retry-after'), refusals, now());
      if (wait === undefined) throw throttled(request.what, refusals + 1);
      bucket.close(wait);
    }
  }

  async #send({ url, headers, what, timeoutMilliseconds }: Request, signal?: AbortSignal): Promise<Answer> {
    const { fetch = globalThis.fetch } = this.#options;
    const deadline = AbortSignal.timeout(timeoutMilliseconds);
    const ends = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
    try {
      const response = await fetch(url, { headers, redirect: 'manual', signal: ends });
      const bytes = await readBoundedBytes(response, mostBytes, what);
      return { status: response.status, headers: response.headers, bytes };
    } catch (error) {
      if (signal?.aborted === true || isDayTradeError(error)) throw error;
      const reason = deadline.aborted ? `no whole answer within ${timeoutMilliseconds / 1000} s` : reasonOf(error);
      const { origin } = new URL(url);
      throw new DayTradeError('data.provider-failed', `${what}: ${origin}: ${reason}`, { details: { reason } });
    }
  }

  /** Our clock says which sessions are over: one that is wrong asks for the wrong days. */
  #checkClock(date: string | null): void {
    const theirs = Date.parse(date ?? '');
    const ours = this.#options.now();
    if (Number.isNaN(theirs) || Math.abs(ours - theirs) <= longestSkew) return;
    const [here, there] = [ours, theirs].map((time) => new Date(time).toISOString());
    const message =
      `the clock of this machine says ${here}, the one of J-Quants ${there}: so it is not known which ` +
      'sessions are over';
    throw new DayTradeError('data.clock-skew', message, { details: { here, there } });
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

function parseJson(headers: Headers, text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const type = headers.get('content-type') ?? 'no content type';
    if (/html/i.test(type) || /^\s*</.test(text)) {
      const message =
        `${what}: a page of HTML came in the place of JSON: is DAYTRADE_JQUANTS_URL right, or does a ` +
        'proxy answer?';
      throw new DayTradeError('data.provider-reply-invalid', message, { details: { type } });
    }
    // A body that ends early without its end being announced is not JSON either, and may be whole the next time.
    throw new DayTradeError(
      'data.provider-failed',
      `${what}: the reply is not JSON, or ends early (${text.length} characters)`,
    );
  }
}

/** The system's reason, for example ECONNREFUSED, which `fetch` keeps in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error.message;
}
