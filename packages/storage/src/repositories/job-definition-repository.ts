import type { JobChange } from '@daytrade/contracts';
import type { JobDefinitionStore, StoredJobSettings } from '@daytrade/jobs';
import type { QueriedDatabase } from '../database/database-adapter.ts';

/** What somebody has set of jobs, and every change of it. */
export class JobDefinitionRepository implements JobDefinitionStore {
  readonly #database: QueriedDatabase;

  constructor(database: QueriedDatabase) {
    this.#database = database;
  }

  async list(): Promise<readonly StoredJobSettings[]> {
    return await this.#database.db.selectFrom('jobSettings').selectAll().orderBy('job').execute();
  }

  async save(change: JobChange): Promise<void> {
    const { db, adapter } = this.#database;
    const { job, before, after } = change;
    await db.transaction().execute(async (transaction) => {
      if (after === null) await transaction.deleteFrom('jobSettings').where('job', '=', job).execute();
      else await adapter.upsert(transaction, 'jobSettings', { job, settings: JSON.stringify(after) }, ['job']);
      const kept = { ...change, before: textOf(before), after: textOf(after) };
      await transaction.insertInto('jobChanges').values(kept).execute();
    });
  }

  async changes({
    job,
    limit,
  }: {
    readonly job?: string | undefined;
    readonly limit: number;
  }): Promise<readonly JobChange[]> {
    const { db, adapter } = this.#database;
    const columns = ['at', 'by', 'job', 'action', 'before', 'after', 'reason'] as const;
    const all = db.selectFrom('jobChanges').select(columns).orderBy('id', 'desc');
    return await adapter.page(job === undefined ? all : all.where('job', '=', job), { limit }).execute();
  }
}

function textOf(settings: JobChange['after']): string | null {
  return settings === null ? null : JSON.stringify(settings);
}
