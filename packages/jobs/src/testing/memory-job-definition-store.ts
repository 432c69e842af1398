import type { JobChange, JobSettings } from '@daytrade/contracts';
import type { JobDefinitionStore, StoredJobSettings } from '../schedule/job-definition-store.ts';

/** The contract of what is set of jobs without a database. */
export class MemoryJobDefinitionStore implements JobDefinitionStore {
  readonly #settings = new Map<string, JobSettings>();
  readonly #changes: JobChange[] = [];

  async list(): Promise<readonly StoredJobSettings[]> {
    return Array.from(this.#settings, ([job, settings]) => ({ job, settings }));
  }

  async save(change: JobChange): Promise<void> {
    if (change.after === null) this.#settings.delete(change.job);
    else this.#settings.set(change.job, change.after);
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
