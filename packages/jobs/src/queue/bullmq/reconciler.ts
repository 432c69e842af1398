import { DayTradeError } from '@daytrade/errors';
import type { Clock, TimerHandle } from '../../clock.ts';
import type { RunLedger } from '../../run.ts';
import type { GroupQueues } from './group-queues.ts';

export interface ReconcilerOptions {
  readonly ledger: RunLedger;
  readonly queues: GroupQueues;
  readonly clock: Clock;
  readonly everyMs: number;
  /** The group of a job; undefined for a job that this process does not know. */
  readonly groupOf: (job: string) => string | undefined;
  readonly groups: () => readonly string[];
  /** Done at each round, before the groups' limits. */
  readonly noteMemory: () => Promise<void>;
  /** False while Redis is away. */
  readonly ready: () => boolean;
  readonly onError: (error: unknown) => void;
}

/**
 * Queues what the ledger has unfinished. BullMQ passes over the ids that it knows, so what is left are runs that were
 * accepted while Redis was away, and all of them after Redis lost its memory. What something else wrote into the queues
 * is taken out first. A run that somebody works on may be queued as well: whoever takes it waits for the group's lease
 * and then finds it ended.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  #timer: TimerHandle | undefined;
  #stopped = false;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
  }

  start(): void {
    void this.#round();
  }

  stop(): void {
    this.#stopped = true;
    this.#options.clock.clearTimeout(this.#timer);
  }

  async #round(): Promise<void> {
    const { clock, everyMs, ready, onError } = this.#options;
    try {
      if (ready()) await this.#reconcile();
    } catch (error) {
      onError(error);
    }
    if (!this.#stopped) this.#timer = clock.setTimeout(() => void this.#round(), everyMs);
  }

  async #reconcile(): Promise<void> {
    const { ledger, queues, groupOf, groups, noteMemory } = this.#options;
    await noteMemory();
    for (const group of groups()) {
      await queues.removeForeign(group, (what) => this.#options.onError(foreign(what)));
      await queues.limit(group);
    }
    for (const run of await ledger.unfinished()) {
      const group = groupOf(run.job);
      if (group !== undefined) await queues.add(group, run);
    }
  }
}

function foreign(what: string): DayTradeError {
  return new DayTradeError('state.damaged', `${what} is not an entry of the queue and was removed from Redis`);
}
