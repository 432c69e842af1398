/** A monotonic clock in milliseconds, and a wait that a signal ends. */
export interface BucketClock {
  readonly now: () => number;
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** The server measures when a request comes, we when it leaves: a token comes back so much later than a minute. */
const margin = 500;
const minute = 60_000 + margin;

/**
 * Holds requests to a limit a minute: each takes a token, which comes back a minute after it was taken. So no minute,
 * wherever it begins, has more requests than there are tokens; a bucket that is filled at a steady pace would let
 * nearly twice as many through after a rest.
 */
export class TokenBucket {
  readonly #clock: BucketClock;
  readonly #span: number;
  /** When each token comes back; the one that was taken first is at `#next`. */
  readonly #back: Float64Array;
  #next = 0;
  #closedUntil = Number.NEGATIVE_INFINITY;

  /**
   * @param taken requests that another process may have made just now; fewer than there are tokens
   * @param span milliseconds after which a token comes back; default: a minute and a margin
   */
  constructor(requests: number, clock: BucketClock, taken = 0, span = minute) {
    this.#clock = clock;
    this.#span = span;
    this.#back = new Float64Array(requests).fill(Number.NEGATIVE_INFINITY);
    this.#back.fill(clock.now() + span, requests - taken);
  }

  /**
   * Waits for a token and takes it.
   *
   * @param onWait called before every wait, with its milliseconds
   * @throws the reason of the signal, when that is aborted while it waits; no token is taken then
   */
  async take(signal?: AbortSignal, onWait?: (milliseconds: number) => void): Promise<void> {
    const { now, pause } = this.#clock;
    for (;;) {
      signal?.throwIfAborted();
      const wait = Math.max(this.#back[this.#next]!, this.#closedUntil) - now();
      if (wait <= 0) break;
      onWait?.(wait);
      await pause(wait, signal);
    }
    this.#back[this.#next] = now() + this.#span;
    this.#next = (this.#next + 1) % this.#back.length;
  }

  /** Gives no token for this long: the server has said that there were too many requests. */
  close(milliseconds: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.now() + milliseconds);
  }
}
