import type { DayTradeError } from '@daytrade/errors';
import type { Run } from '../run.ts';

/** Who learns when a run ends: those who wait for that one run, and those who listen to all. */
export class RunEnds {
  readonly #waiters = new Map<string, PromiseWithResolvers<Run>>();
  readonly #listeners = new Set<(run: Run) => void>();

  /** Gives back what stops the listening. */
  listen(listener: (run: Run) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The end of one run that has not ended yet. */
  of(id: string): Promise<Run> {
    const known = this.#waiters.get(id);
    if (known !== undefined) return known.promise;
    const waiter = Promise.withResolvers<Run>();
    waiter.promise.catch(() => undefined);
    this.#waiters.set(id, waiter);
    return waiter.promise;
  }

  /** Whether somebody waits for the end of the run. */
  isAwaited(id: string): boolean {
    return this.#waiters.has(id);
  }

  /** Resolves those who wait for the run. */
  settle(run: Run): void {
    this.#waiters.get(run.id)?.resolve(run);
    this.#waiters.delete(run.id);
  }

  /** Reports the run to everybody. */
  tell(run: Run, onError: (error: unknown) => void): void {
    this.settle(run);
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

  /** Nobody will learn of an end any more. */
  abandon(error: DayTradeError): void {
    for (const id of this.#waiters.keys()) this.fail(id, error);
  }
}
