import { DayTradeError } from '@daytrade/errors';
import type { Clock } from '../../clock.ts';
import { sleep } from '../../clock.ts';
import type { Run, RunLedger } from '../../run.ts';
import { hasEnded } from '../new-run.ts';

export interface AttemptLedgerOptions {
  readonly ledger: RunLedger;
  readonly clock: Clock;
  /** Told when the database does not take what has to be written; it is tried again. */
  readonly onError: (error: unknown) => void;
}

type Change = Parameters<RunLedger['update']>[1];

const firstPauseMs = 500;
const longestPauseMs = 5_000;
/** A database that is away for longer costs the attempt: the run is taken up as one that was cut off. */
const patienceMs = 600_000;

/**
 * The ledger as one attempt of a run writes to it. It waits for a database that is away, since what the attempt did must not be
 * forgotten, and refuses to write once another attempt has taken over.
 */
export class AttemptLedger implements Pick<RunLedger, 'update'> {
  readonly #options: AttemptLedgerOptions;
  #attempt: number;
  #revoked = false;

  /** @param run as the ledger has it */
  constructor(options: AttemptLedgerOptions, run: Run) {
    this.#options = options;
    this.#attempt = run.attempt;
  }

  /** From now on nothing is written: another worker has the run. */
  revoke(): void {
    this.#revoked = true;
  }

  async update(id: string, change: Change): Promise<Run> {
    const run = change.status === undefined ? await this.#write(id, change) : await this.#writeAtLast(id, change);
    this.#attempt = run.attempt;
    return run;
  }

  async #writeAtLast(id: string, change: Change): Promise<Run> {
    const { clock, onError } = this.#options;
    const until = clock.now() + patienceMs;
    for (let pause = firstPauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
      try {
        return await this.#write(id, change);
      } catch (error) {
        if (isTakenOver(error) || clock.now() > until) throw error;
        onError(error);
        await sleep(clock, pause);
      }
    }
  }

  async #write(id: string, change: Change): Promise<Run> {
    const { ledger } = this.#options;
    if (this.#revoked) throw takenOver(id);
    const run = await ledger.find(id);
    if (run === undefined || run.attempt !== this.#attempt || hasEnded(run)) throw takenOver(id);
    return await ledger.update(id, change);
  }
}

function takenOver(id: string): DayTradeError {
  return new DayTradeError('run.failed', `${takenOverMessage}: ${id}`, { details: { id } });
}

const takenOverMessage = 'another attempt has taken over the run';

/** True for the error of an attempt that has nothing more to say. */
export function isTakenOver(error: unknown): boolean {
  return error instanceof DayTradeError && error.message.startsWith(takenOverMessage);
}
