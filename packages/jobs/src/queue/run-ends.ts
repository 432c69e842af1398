import type { DayTradeError } from '@daytrade/errors';
import type { Run } from '../run.ts';

/** Promises and listeners for the ends of runs. */
export class RunEnds {
  readonly #waiters = new Map<string, PromiseWithResolvers<Run>>();
  readonly #listeners = new Set<(run: Run) => void>();

  /** Returns a function that removes the listener. */
  listen(listener: (run: Run) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Returns a promise for the end of an unfinished run. */
  of(id: string): Promise<Run> {
    const known = this.#waiters.get(id);
    if (known !== undefined) return known.promise;
    const waiter = Promise.withResolvers<Run>();
    waiter.promise.catch(() => undefined);
    this.#waiters.set(id, waiter);
    return waiter.promise;
  }

  /** Returns true while a caller waits for the end of the run. */
  isAwaited(id: string): boolean {
    return this.#waiters.has(id);
  }

  /** Resolves the callers that wait for the run. */
  resolve(run: Run): void {
    this.#waiters.get(run.id)?.resolve(run);
    this.#waiters.delete(run.id);
  }

  /** Reports an ended run to waiting callers and listeners. */
  report(run: Run, onError: (error: unknown) => void): void {
    this.resolve(run);
    for (const listener of this.#listeners) {
      try {
        listener(run);
      } catch (error) {
        onError(error);
      }
    }
  }

  fail(id: string, error: DayTradeError): void {
    this.#waiters.get(id)?.reject(error);
    this.#waiters.delete(id);
  }

  /** Rejects every waiting caller. */
  abandon(error: DayTradeError): void {
    for (const id of this.#waiters.keys()) this.fail(id, error);
  }
}
