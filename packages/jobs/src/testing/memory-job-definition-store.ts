import type { JobChange, JobSettings } from '@daytrade/contracts';
import type { JobDefinitionStore, StoredJobSettings } from '../schedule/job-definition-store.ts';

/** The contract of what is set of jobs without a database. */
export class MemoryJobDefinitionStore implements JobDefinitionStore {
  readonly #settings = new Map<string, JobSettings>();
  /** Made at a change, as it is asked for at each look at the clock. */
  #stored: readonly StoredJobSettings[] = [];
  readonly #changes: JobChange[] = [];

  async list(): Promise<readonly StoredJobSettings[]> {
    return this.#stored;
  }

  async save(change: JobChange): Promise<void> {
    if (change.after === null) this.#settings.delete(change.job);
    else this.#settings.set(change.job, change.after);
    this.#stored = Array.from(this.#settings, ([job, settings]) => ({ job, settings }));
    this.#changes.unshift(change);
  }

  async changes({
    job,
    limit,
  }: {
    readonly job?: string | undefined;
    readonly limit: number;
  }): Promise<readonly JobChange[]> {
    return this.#changes.filter((change) => job === undefined || change.job === job).slice(0, limit);
  }
}
