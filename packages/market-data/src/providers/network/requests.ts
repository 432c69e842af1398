import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { TokenBucket } from './token-bucket.ts';

/** Provider, limit and clock of requests. */
interface LimitedRequestsOptions {
  /** As messages call it: `J-Quants`. */
  readonly provider: string;
  readonly bucket: TokenBucket;
  /** The clock, milliseconds since 1970 UTC, against which the one of the server is held. */
  readonly now: () => number;
  /** Question to the user after repeated refusals. */
  readonly whyThrottled: string;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** A question to one address. */
interface NetworkRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Name in messages. */
  readonly what: string;
  readonly timeoutMilliseconds: number;
}

/** An unpacked reply. */
interface NetworkAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/** A wait before a request, in words. */
export type WaitListener = (why: string) => void;

/** A day of all 4,400 issues has about one million bytes. */
const mostBytes = 32 * 1024 * 1024;
const longestSkew = 3_600_000;

/**
 * Requests to a provider on the network, held to a limit a minute and repeated after a 429 as long as waiting is of
 * use. An answer has an end: in time, and in bytes when it is unpacked. A redirect is not followed.
 */
export class LimitedRequests {
  readonly #options: LimitedRequestsOptions;
  #onWait: WaitListener = () => undefined;

  constructor(options: LimitedRequestsOptions) {
    this.#options = options;
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
   * An answer of whatever status, except 429.
   *
   * @throws DayTradeError `data.provider-failed`, which may be tried again; `data.provider-throttled`,
   * `data.provider-reply-invalid` where it is too long; the reason of the signal
   */
  async ask(request: NetworkRequest, signal?: AbortSignal): Promise<NetworkAnswer> {
    const { bucket, now, provider, whyThrottled } = this.#options;
    for (let refusals = 0; ; refusals += 1) {
      const why = refusals === 0 ? 'for the limit of requests a minute' : `since ${provider} had too many requests`;
      await bucket.take(signal, (wait) => this.#onWait(`waits ${Math.ceil(wait / 1000)} s ${why}`));
      const answer = await this.#send(request, signal);
      if (answer.status !== 429) return answer;
      const wait = waitAfter(answer.headers.get('retry-after'), refusals, now());
      if (wait === undefined) throw throttled(`${request.what}: ${provider}`, refusals + 1, whyThrottled);
      bucket.close(wait);
    }
  }

  /**
   * Our clock says which sessions are over: one that is wrong asks for the wrong days.
   *
   * @throws DayTradeError `data.clock-skew`
   */
  checkClock({ headers }: NetworkAnswer): void {
    const { now, provider } = this.#options;
    const theirs = Date.parse(headers.get('date') ?? '');
    const ours = now();
    if (Number.isNaN(theirs) || Math.abs(ours - theirs) <= longestSkew) return;
    const [here, there] = [ours, theirs].map((time) => new Date(time).toISOString());
    const message =
      `the clock of this machine says ${here}, the one of ${provider} ${there}: so it is not known which ` +
      'sessions are over';
    throw new DayTradeError('data.clock-skew', message, { details: { here, there } });
  }

  async #send({ url, headers, what, timeoutMilliseconds }: NetworkRequest, signal?: AbortSignal) {
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
 * @param what names the answer in messages
 * @param addressSetting the setting of the address, which may be wrong where a page comes
 * @throws DayTradeError `data.provider-reply-invalid` for a page of HTML; `data.provider-failed` for what ends early
 */
export function parseJsonReply({ headers, bytes }: NetworkAnswer, what: string, addressSetting: string): unknown {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const type = headers.get('content-type') ?? 'no content type';
    if (/html/i.test(type) || /^\s*</.test(text)) {
      const question = `is ${addressSetting} right, or does a proxy answer?`;
      const message = `${what}: a page of HTML came in the place of JSON: ${question}`;
      throw new DayTradeError('data.provider-reply-invalid', message, { details: { type } });
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
 * Reads a body and stops at a length. The unpacked length counts, so a small body that unpacks to gigabytes stops too.
 *
 * @param what names the reply in the message
 * @throws DayTradeError `data.provider-reply-invalid` when it is too long; what the connection throws when it is cut
 * off
 */
async function readBoundedBytes(response: Response, mostBytes: number, what: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (response.body === null) return Buffer.concat(chunks);
  // Leaving the loop by an error closes the connection.
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) {
      const most = mostBytes.toLocaleString('en-GB');
      const message = `${what}: the reply has more than ${most} bytes; nothing of it was used`;
      throw new DayTradeError('data.provider-reply-invalid', message, { details: { mostBytes } });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
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
 * @param retryAfter the header of the reply
 * @param refusals how many came in a row before this one
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

/**
 * The error of a request that was refused until waiting was of no use.
 *
 * @param who what was asked for, and who answered
 * @param question what the user may look at
 */
function throttled(who: string, refusals: number, question: string): DayTradeError {
  const words = `too many requests, ${refusals} times in a row; ${question}`;
  return new DayTradeError('data.provider-throttled', `${who} answered 429, ${words}`);
}
