import type { ServerResponse } from 'node:http';
import { DayTradeError } from '@daytrade/errors';

/** How many may wait for each request that is answered. */
const waitingPerRequest = 32;
const retryAfterSeconds = 1;

/** Emitted by a response that from then on only waits for what happens: others get its turn. */
export const streamBegins = 'stream-begins';

/**
 * Bounds the requests that are answered at once. Some more wait their turn for a short time, in the order in which they
 * came; as a connection has one request at a time, no caller takes the turns of the others.
 */
export class Admission {
  readonly #most: number;
  readonly #longestWaitMs: number;
  readonly #waiting = new Set<() => void>();
  #inFlight = 0;

  /**
   * @param most requests that are answered at once
   * @param longestWaitMs longer than this nobody waits
   */
  constructor(most: number, longestWaitMs: number) {
    this.#most = most;
    this.#longestWaitMs = longestWaitMs;
  }

  /**
   * Calls `begin` when it is the request's turn, with false when it gets none.
   *
   * @param response whose end makes room for the next one; one that ends while it waits is forgotten
   */
  admit(response: ServerResponse, begin: (admitted: boolean) => void): void {
    if (this.#inFlight < this.#most) this.#enter(response, begin);
    else if (this.#waiting.size < this.#most * waitingPerRequest) this.#wait(response, begin);
    else begin(false);
  }

  #wait(response: ServerResponse, begin: (admitted: boolean) => void): void {
    const leave = () => {
      clearTimeout(timer);
      response.off('close', leave);
      this.#waiting.delete(enter);
    };
    const enter = () => {
      leave();
      this.#enter(response, begin);
    };
    const timer = setTimeout(() => {
      leave();
      begin(false);
    }, this.#longestWaitMs);
    response.once('close', leave);
    this.#waiting.add(enter);
  }

  #enter(response: ServerResponse, begin: (admitted: boolean) => void): void {
    let isOpen = true;
    const end = () => {
      if (!isOpen) return;
      isOpen = false;
      this.#inFlight -= 1;
      const [next] = this.#waiting;
      next?.();
    };
    this.#inFlight += 1;
    // What a caller has not read yet occupies nobody any more.
    response.once('prefinish', end);
    response.once(streamBegins, end);
    response.once('close', end);
    begin(true);
  }
}

/** The answer to a request that gets no turn. */
export function overloaded(): DayTradeError {
  return new DayTradeError('service.overloaded', 'the service answers as many requests as it can, and others wait', {
    details: { retryAfterSeconds },
  });
}
