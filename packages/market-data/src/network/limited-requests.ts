import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import { readBoundedBytes } from './bounded-body.ts';
import type { TokenBucket } from './token-bucket.ts';
import { throttled, waitAfter } from './too-many-requests.ts';

/** Who is asked, by which limit, and on which clock. */
export interface LimitedRequestsOptions {
  /** As messages call it: `J-Quants`. */
  readonly provider: string;
  readonly bucket: TokenBucket;
  /** The clock, milliseconds since 1970 UTC, against which the one of the server is held. */
  readonly now: () => number;
  /** The question to put to whoever is refused again and again. */
  readonly whyThrottled: string;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** A question to one address. */
export interface NetworkRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Names it in messages, which never show the address of a file: whoever has that has the file. */
  readonly what: string;
  readonly timeoutMilliseconds: number;
}

/** What came back, unpacked. */
export interface NetworkAnswer {
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
   * An answer of whatever status to a question that the limit is not of.
   *
   * @throws DayTradeError `data.provider-failed`, `data.provider-reply-invalid` as `ask`; the reason of the signal
   */
  async askUncounted(request: NetworkRequest, signal?: AbortSignal): Promise<NetworkAnswer> {
    return await this.#send(request, signal);
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
