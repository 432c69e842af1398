import { DayTradeError, type ErrorCode, isDayTradeError } from '@daytrade/errors';
import type { TokenBucket } from './token-bucket.ts';

export interface ProviderAccess {
  /** For example `https://api.jquants.com/v2`. */
  readonly baseUrl: string;
  readonly bucket: TokenBucket;
  /** The clock, milliseconds since 1970 UTC, against which the one of the server is held. */
  readonly now: () => number;
  /** Time limit of a request with its body; default 30 s. */
  readonly timeoutMilliseconds?: number | undefined;
}

interface ProviderWords {
  /** As messages call it: `J-Quants`. */
  readonly provider: string;
  /** Question to the user after repeated refusals. */
  readonly whyThrottled: string;
  /** The setting of the address, which may be wrong. */
  readonly addressSetting: 'DAYTRADE_JQUANTS_URL' | 'DAYTRADE_KABU_URL' | 'DAYTRADE_YAHOO_URL';
  /** Returns the provider's own message in the body of a refusal, as it came; undefined without one. */
  readonly messageIn: (body: unknown) => unknown;
  /** Explains a status of its own way, with the message; undefined leaves it to the rules of all providers. */
  readonly meaningOf: (status: number, message: string | undefined) => StatusMeaning | undefined;
}

/** Error code of a status, and what it means in words. */
export type StatusMeaning = readonly [ErrorCode, string];

interface NetworkRequest {
  readonly method?: string | undefined;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly what: string;
  readonly body?: object | undefined;
  /** Text that no message shows. */
  readonly secret?: string | undefined;
}

interface NetworkAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

type WaitListener = (why: string) => void;

const longestSkew = 3_600_000;

/**
 * Requests to a provider on the network, held to a limit a minute and repeated after a 429 as long as waiting is of
 * use. An answer has an end in time. A redirect is not followed, so a key in a header travels to the one address alone.
 */
export class LimitedRequests {
  readonly #access: ProviderAccess;
  readonly #words: ProviderWords;
  readonly #baseUrl: string;
  #onWait: WaitListener = () => undefined;

  constructor(access: ProviderAccess, words: ProviderWords) {
    this.#access = access;
    this.#words = words;
    this.#baseUrl = access.baseUrl.replace(/\/+$/, '');
  }

  /** Has every wait reported before it begins; one listener at a time. */
  watch(onWait: WaitListener): void {
    this.#onWait = onWait;
  }

  /** The clock, milliseconds since 1970 UTC. */
  now(): number {
    return this.#access.now();
  }

  /**
   * Returns the parsed answer to a question.
   *
   * @throws DayTradeError `data.provider-failed`, which may be tried again; `data.provider-throttled`,
   * `data.provider-forbidden`, `data.provider-refused`, `data.provider-reply-invalid`, `data.clock-skew`; the reason of
   * the signal
   */
  async json(request: NetworkRequest, signal?: AbortSignal): Promise<unknown> {
    const answer = await this.#ask(request, signal);
    if (answer.status !== 200) throw this.#explain(answer, request);
    this.#checkClock(answer);
    return parseJsonReply(answer, request.what, this.#words.addressSetting);
  }

  /** Returns an answer of whatever status, except 429. */
  async #ask(request: NetworkRequest, signal?: AbortSignal): Promise<NetworkAnswer> {
    const { bucket, now } = this.#access;
    const { provider, whyThrottled } = this.#words;
    for (let refusals = 0; ; refusals += 1) {
      const why = refusals === 0 ? 'for the limit of requests a minute' : `since ${provider} had too many requests`;
      await bucket.take(signal, (wait) => this.#onWait(`waits ${Math.ceil(wait / 1000)} s ${why}`));
      const answer = await this.#send(request, signal);
      if (answer.status !== 429) return answer;
      const wait = waitAfter(answer.headers.get('retry-after'), refusals, now());
      if (wait === undefined) {
        const words = `too many requests, ${refusals + 1} times in a row; ${whyThrottled}`;
        throw new DayTradeError('data.provider-throttled', `${request.what}: ${provider} answered 429, ${words}`);
      }
      bucket.close(wait);
    }
  }

  #explain({ status, text }: NetworkAnswer, { what, secret }: NetworkRequest): DayTradeError {
    const { provider, addressSetting, messageIn, meaningOf } = this.#words;
    const message = quoted(text, messageIn, secret);
    const [code, words] = meaningOf(status, message) ?? usualMeaning(status, addressSetting);
    const said = message === undefined ? '' : `: "${message}"`;
    return new DayTradeError(code, `${what}: ${provider} answered ${status}${said}; ${words}`);
  }

  /** Our clock says which sessions are over: one that is wrong asks for the wrong days. */
  #checkClock({ headers }: NetworkAnswer): void {
    const { provider } = this.#words;
    const theirs = Date.parse(headers.get('date') ?? '');
    const ours = this.now();
    if (Number.isNaN(theirs) || Math.abs(ours - theirs) <= longestSkew) return;
    const [here, there] = [ours, theirs].map((time) => new Date(time).toISOString());
    const message =
      `the clock of this machine says ${here}, the one of ${provider} ${there}: so it is not known which ` +
      'sessions are over';
    throw new DayTradeError('data.clock-skew', message);
  }

  async #send(
    { method = 'GET', path, headers, body, what }: NetworkRequest,
    signal?: AbortSignal,
  ): Promise<NetworkAnswer> {
    const { timeoutMilliseconds = 30_000 } = this.#access;
    const deadline = AbortSignal.timeout(timeoutMilliseconds);
    const ends = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
    try {
      const sent = { method, headers, body: body === undefined ? null : JSON.stringify(body) };
      const response = await fetch(`${this.#baseUrl}${path}`, { ...sent, redirect: 'manual', signal: ends });
      return { status: response.status, headers: response.headers, text: await response.text() };
    } catch (error) {
      if (signal?.aborted === true || isDayTradeError(error)) throw error;
      const reason = deadline.aborted ? `no whole answer within ${timeoutMilliseconds / 1000} s` : reasonOf(error);
      const { origin } = new URL(this.#baseUrl);
      throw new DayTradeError('data.provider-failed', `${what}: ${origin}: ${reason}`);
    }
  }
}

const longestQuote = 200;

/** Quotes the provider's message in one bounded line without the secret; undefined without a message. */
function quoted(body: string, messageIn: ProviderWords['messageIn'], secret: string | undefined): string | undefined {
  try {
    const said = messageIn(JSON.parse(body));
    if (typeof said !== 'string') return undefined;
    const shown = secret === undefined ? said : said.replaceAll(secret, '(hidden)');
    return shown.replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ').slice(0, longestQuote);
  } catch {
    return undefined;
  }
}

function usualMeaning(status: number, addressSetting: string): StatusMeaning {
  if (status >= 500 || status === 408) return ['data.provider-failed', 'it may work again later'];
  if (status === 404) return ['data.provider-refused', `nothing is at that path: correct ${addressSetting}`];
  if (status >= 300 && status < 400) {
    return [
      'data.provider-reply-invalid',
      `it sends on to another place, and is not followed: correct ${addressSetting}`,
    ];
  }
  return ['data.provider-reply-invalid', 'that is no answer of its interface'];
}

/** The system's reason, for example ECONNREFUSED, which `fetch` keeps in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error.message;
}

/**
 * Parses the JSON of an answer.
 *
 * @param addressSetting the setting of the address, which may be wrong where a page comes
 * @throws DayTradeError `data.provider-reply-invalid` for a page of HTML; `data.provider-failed` for what ends early
 */
function parseJsonReply({ headers, text }: NetworkAnswer, what: string, addressSetting: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const type = headers.get('content-type') ?? 'no content type';
    if (/html/i.test(type) || /^\s*</.test(text)) {
      const question = `is ${addressSetting} right, or does a proxy answer?`;
      const message = `${what}: a page of HTML came in the place of JSON: ${question}`;
      throw new DayTradeError('data.provider-reply-invalid', message);
    }
    // A body that ends early without its end being announced is not JSON either, and may be whole the next time.
    throw new DayTradeError(
      'data.provider-failed',
      `${what}: the reply is not JSON, or ends early (${text.length} characters)`,
    );
  }
}

/** @throws DayTradeError `data.provider-reply-invalid` */
export function invalid(what: string, why: string): DayTradeError {
  return new DayTradeError('data.provider-reply-invalid', `${what}: ${why}`);
}

/**
 * Waits after a 429 that names none. At least one minute, two to be sure, is what the provider asks for; who goes on is
 * blocked for about five (https://jpx-jquants.com/en/spec/rate-limits).
 */
const waitsAfterRefusal = [120_000, 300_000, 300_000] as const;
const longestRetryAfter = 900_000;

/**
 * Milliseconds to wait after a 429; undefined when waiting is of no use any more.
 *
 * @param now milliseconds since 1970 UTC
 */
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
