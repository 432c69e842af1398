import type { ServerResponse } from 'node:http';
import { DayTradeError } from '@daytrade/errors';

/** Waiting requests allowed for each one in progress. */
const waitingPerRequest = 32;
const retryAfterSeconds = 1;

/**
 * Limits the requests in progress. Further ones wait in order for a short time. @fastify/under-pressure would refuse
 * them at once, by memory and event loop.
 */
export class Admission {
  readonly #most: number;
  readonly #longestWaitMs: number;
  readonly #waiting = new Set<() => void>();
  #inFlight = 0;

  /**
   * @param most requests in progress
   * @param longestWaitMs maximum wait
   */
  constructor(most: number, longestWaitMs: number) {
    this.#most = most;
    this.#longestWaitMs = longestWaitMs;
  }

  /**
   * Calls `begin` with true in the request's turn, or with false if it gets none.
   *
   * @param response its end frees the slot; ended responses leave the queue
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
    // From here only the caller's reading is left.
    response.once('prefinish', end);
    response.once('close', end);
    begin(true);
  }
}

/** Returns the error for a request without a turn. */
export function overloaded(): DayTradeError {
  return new DayTradeError('service.overloaded', 'the service answers as many requests as it can, and others wait', {
    details: { retryAfterSeconds },
  });
}
