import type { RunLedger, RunStatus } from '../run.ts';
import { MemoryRunLedger } from './memory-run-ledger.ts';

export interface HeldWrite {
  /** Resolves when a write has come that is held back. */
  readonly come: Promise<void>;
  readonly release: () => void;
}

/** A ledger that holds a write back, so that a test can do something else just before or just after it. */
export class PausedLedger extends MemoryRunLedger {
  #next:
    | { readonly when: 'before' | 'after'; readonly status: RunStatus; readonly pause: () => Promise<void> }
    | undefined;

  /**
   * Holds back the next write of this status.
   *
   * @param when `before` the ledger has it, or `after`, when its answer is on the way
   */
  hold(when: 'before' | 'after', status: RunStatus): HeldWrite {
    const come = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const pause = async () => {
      come.resolve();
      await released.promise;
    };
    this.#next = { when, status, pause };
    return { come: come.promise, release: () => released.resolve() };
  }

  override async create(...input: Parameters<RunLedger['create']>) {
    return await this.#write(input[0].status, () => super.create(...input));
  }

  override async update(...input: Parameters<RunLedger['update']>) {
    return await this.#write(input[1].status, () => super.update(...input));
  }

  async #write<Value>(status: RunStatus | undefined, write: () => Promise<Value>): Promise<Value> {
    const next = this.#next;
    if (next?.status !== status) return await write();
    this.#next = undefined;
    if (next?.when === 'before') await next.pause();
    const written = await write();
    if (next?.when === 'after') await next.pause();
    return written;
  }
}
