import type { ScheduleState, ScheduleStore, ScheduleSwitch } from '@daytrade/jobs';
import { Repository } from './repository.ts';

/** The schedule state of each job: the time up to which its due times are decided, and whether it is paused. */
export class ScheduleRepository extends Repository implements ScheduleStore {
  async list(): Promise<readonly ScheduleState[]> {
    return await this.db.selectFrom('schedules').selectAll().orderBy('job').execute();
  }

  async serve(job: string, until: string): Promise<void> {
    await this.#ensure(job);
    await this.db
      .updateTable('schedules')
      .set({ servedUntil: until })
      .where('job', '=', job)
      .where((eb) => eb.or([eb('servedUntil', 'is', null), eb('servedUntil', '<', until)]))
      .execute();
  }

  async switch(job: string, change: ScheduleSwitch): Promise<void> {
    await this.#ensure(job);
    await this.db.updateTable('schedules').set(change).where('job', '=', job).execute();
  }

  async #ensure(job: string): Promise<void> {
    const row = { job, servedUntil: null, paused: false, changedAt: null, changedBy: null, reason: null };
    const { db, adapter } = this;
    await adapter.insertMissing(db, 'schedules', [row], ['job']);
  }
}
