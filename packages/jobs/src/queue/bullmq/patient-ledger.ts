import { type Clock, sleep } from '../../clock.ts';
import type { Run, RunChange, RunLedger, RunState } from '../../run.ts';

export interface PatientLedgerOptions {
  readonly ledger: RunLedger;
  readonly clock: Clock;
  /** Told when the database does not take what has to be written; it is tried again. */
  readonly onError: (error: unknown) => void;
}

const firstPauseMs = 500;
const longestPauseMs = 5_000;
/** A database that is away for longer costs the attempt: the run is taken up as one that was cut off. */
const patienceMs = 600_000;

/**
 * The ledger as one attempt of a run writes to it: it waits for a database that is away, since how the attempt began
 * and ended must not be forgotten. Progress is not waited for.
 */
export class PatientLedger implements Pick<RunLedger, 'update'> {
  readonly #options: PatientLedgerOptions;

  constructor(options: PatientLedgerOptions) {
    this.#options = options;
  }

  async update(run: RunState, change: RunChange): Promise<Run | undefined> {
    const { ledger, clock, onError } = this.#options;
    if (change.status === undefined) return await ledger.update(run, change);
    const until = clock.now() + patienceMs;
    for (let pause = firstPauseMs, tries = 1; ; pause = Math.min(2 * pause, longestPauseMs), tries += 1) {
      try {
        return (await ledger.update(run, change)) ?? (tries === 1 ? undefined : await this.#written(run, change));
      } catch (error) {
        if (clock.now() > until) throw error;
        onError(error);
        await sleep(clock, pause);
      }
    }
  }

  /** The run where an earlier try wrote the change and only its answer was lost. */
  async #written({ id }: RunState, change: RunChange): Promise<Run | undefined> {
    const run = await this.#options.ledger.find(id);
    const fields = ['status', 'attempt', 'startedAt', 'finishedAt'] as const;
    const isWritten = fields.every((field) => change[field] === undefined || run?.[field] === change[field]);
    return isWritten ? run : undefined;
  }
}
