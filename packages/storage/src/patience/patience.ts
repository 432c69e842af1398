import { AsyncLocalStorage } from 'node:async_hooks';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { Clock } from '@daytrade/jobs';

/** How work waits for a database that is away, as it is for half a minute when its server fails over to another. */
export interface DatabasePatience {
  readonly clock: Clock;
  /** How long the database may be away at a time. */
  readonly seconds: number;
  /** Its abort ends the waiting. */
  readonly signal: AbortSignal;
  /** Told what happens and for how long it is tried when the database is found away, and told again when it is back. */
  readonly tell: (message: string) => void;
}

const firstPauseMs = 250;
const longestPauseMs = 5_000;

const current = new AsyncLocalStorage<Waiting>();
/** Errors after which nobody knows whether the server did what it was asked for. */
const uncertain = new WeakSet<object>();

/**
 * Does work that waits for the database while it is away, with all that it calls: whatever gets no connection, reads,
 * and writes that may be done twice are tried again. What else is under way when the connection is lost fails, as does
 * everything once the database has been away for too long. Without this, as for requests, all of it fails at once.
 *
 * @example
 * await waitingForDatabase({ clock, seconds: 120, signal, tell: (message) => logger.warn(message) }, async () => {
 *   await stores.models.register(model, artifact);
 * });
 */
export async function waitingForDatabase<Result>(
  patience: DatabasePatience,
  work: () => Promise<Result>,
): Promise<Result> {
  return await current.run(new Waiting(patience), work);
}

/**
 * Does what may be done twice, again and again while the database is away and the work waits for it.
 *
 * @throws DayTradeError `service.unavailable` that says for how long it was tried; what else the work throws
 */
export async function untilAnswered<Result>(work: () => Promise<Result>): Promise<Result> {
  const waiting = current.getStore();
  if (waiting === undefined) return await work();
  let since: number | undefined;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      const result = await work();
      if (since !== undefined) waiting.isBack(since);
      return result;
    } catch (error) {
      since ??= waiting.now;
      await waiting.goOn(error, since, pauseMs);
    }
  }
}

/** Whether the database is away, or another try may go well for another reason. */
export function isAway(error: unknown): error is DayTradeError {
  return isDayTradeError(error) && error.code === 'service.unavailable';
}

/** Notes that what failed so may have been done, so that it is not done again. */
export function noteUncertain(error: unknown): void {
  if (typeof error === 'object' && error !== null) uncertain.add(error);
}

/** One piece of work that waits. */
class Waiting {
  readonly #patience: DatabasePatience;
  #told = false;

  constructor(patience: DatabasePatience) {
    this.#patience = patience;
  }

  get now(): number {
    return this.#patience.clock.now();
  }

  isBack(since: number): void {
    if (!this.#told) return;
    this.#told = false;
    this.#patience.tell(`the database answers again, after ${this.#secondsSince(since)} s`);
  }

  /** Waits until it may be tried again. @throws what the work threw, where it is not to be tried again */
  async goOn(error: unknown, since: number, pauseMs: number): Promise<void> {
    const { signal, seconds, tell } = this.#patience;
    if (!isAway(error) || uncertain.has(error) || signal.aborted || triedFor in error.details) throw error;
    const leftMs = since + seconds * 1_000 - this.now;
    if (leftMs <= 0) {
      const tried = this.#secondsSince(since);
      const message = `${error.message}; it was tried again for ${tried} s`;
      throw new DayTradeError(error.code, message, { details: { ...error.details, [triedFor]: tried }, cause: error });
    }
    if (!this.#told) {
      this.#told = true;
      tell(`${error.message}; what was asked of it is tried again for up to ${seconds} s`);
    }
    await this.#pause(Math.min(pauseMs, leftMs));
    if (signal.aborted) throw error;
  }

  #secondsSince(since: number): number {
    return Math.round((this.now - since) / 1_000);
  }

  async #pause(milliseconds: number): Promise<void> {
    const { clock, signal } = this.#patience;
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = () => resolve();
    const timer = clock.setTimeout(end, milliseconds);
    signal.addEventListener('abort', end, { once: true });
    await promise;
    signal.removeEventListener('abort', end);
    clock.clearTimeout(timer);
  }
}

const triedFor = 'triedForSeconds';
