import type { ScheduleState, ScheduleStore, ScheduleSwitch } from '@daytrade/jobs';
import type { QueriedDatabase } from '../database/database-adapter.ts';

/** The schedule state of each job: the time up to which its due times are decided, and whether it is paused. */
export class ScheduleRepository implements ScheduleStore {
  readonly #database: QueriedDatabase;

  constructor(database: QueriedDatabase) {
    this.#database = database;
  }

  async list(): Promise<readonly ScheduleState[]> {
    return await this.#database.db.selectFrom('schedules').selectAll().orderBy('job').execute();
  }

  async serve(job: string, until: string): Promise<void> {
    await this.#ensure(job);
    await this.#database.db
      .updateTable('schedules')
      .set({ servedUntil: until })
      .where('job', '=', job)
      .where((eb) => eb.or([eb('servedUntil', 'is', null), eb('servedUntil', '<', until)]))
      .execute();
  }

  async switch(job: string, change: ScheduleSwitch): Promise<ScheduleState> {
    await this.#ensure(job);
    const { db, adapter } = this.#database;
    const changed = db.updateTable('schedules').set(change).where('job', '=', job);
    return await adapter.returningRows(changed).executeTakeFirstOrThrow();
  }

  async #ensure(job: string): Promise<void> {
    const row = { job, servedUntil: null, paused: false, changedAt: null, changedBy: null, reason: null };
    const { db, adapter } = this.#database;
    await adapter.insertMissing(db, 'schedules', [row], ['job']);
  }
}
