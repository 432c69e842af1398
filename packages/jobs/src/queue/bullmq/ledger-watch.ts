import { type Clock, sleep } from '../../clock.ts';
import type { Run, RunLedger } from '../../run.ts';
import { hasEnded } from '../new-run.ts';
import type { RunEnds } from '../run-ends.ts';

const lookEveryMs = 500;

export interface LedgerWatchOptions {
  readonly ledger: RunLedger;
  readonly clock: Clock;
  readonly ends: RunEnds;
}

/** Looks into the ledger for the ends of runs that other processes work on, while somebody waits for one. */
export class LedgerWatch {
  readonly #options: LedgerWatchOptions;
  readonly #ids = new Set<string>();
  #looking = false;

  constructor(options: LedgerWatchOptions) {
    this.#options = options;
  }

  /** Reports the end of the run to those who wait for it, when it comes. */
  watch(id: string): void {
    this.#ids.add(id);
    if (!this.#looking) void this.#look();
  }

  stop(): void {
    this.#ids.clear();
  }

  async #look(): Promise<void> {
    this.#looking = true;
    while (this.#ids.size > 0) {
      for (const id of this.#ids) {
        const run = await this.#find(id);
        if (run === undefined || !hasEnded(run)) continue;
        this.#ids.delete(id);
        this.#options.ends.settle(run);
      }
      if (this.#ids.size > 0) await sleep(this.#options.clock, lookEveryMs);
    }
    this.#looking = false;
  }

  /** Undefined also while the database is away: it is asked again. */
  async #find(id: string): Promise<Run | undefined> {
    return await this.#options.ledger.find(id).catch(() => undefined);
  }
}
