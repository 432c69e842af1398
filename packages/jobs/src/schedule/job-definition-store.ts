import type { JobChange, JobSettings } from '@daytrade/contracts';

/** What somebody has set of a job. */
export interface StoredJobSettings {
  readonly job: string;
  readonly settings: JobSettings;
}

/** What schedulers share about the jobs themselves, with every change of it. Implemented by `storage`. */
export interface JobDefinitionStore {
  list(): Promise<readonly StoredJobSettings[]>;
  /** Keeps what is set of a job after a change, or nothing of it where `after` is null, together with the change. */
  save(change: JobChange): Promise<void>;
  /** Changes, newest first. */
  changes(query: { readonly job?: string | undefined; readonly limit: number }): Promise<readonly JobChange[]>;
}
