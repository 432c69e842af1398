import type { ScheduleState, ScheduleStore, ScheduleSwitch } from '../schedule/schedule.ts';

/** The contract of the schedules without a database. */
export class MemoryScheduleStore implements ScheduleStore {
  readonly #states = new Map<string, ScheduleState>();

  async list(): Promise<readonly ScheduleState[]> {
    return [...this.#states.values()];
  }

  async serve(job: string, until: string): Promise<void> {
    const before = this.#of(job);
    if (before.servedUntil === null || before.servedUntil < until)
      this.#states.set(job, { ...before, servedUntil: until });
  }

  async switch(job: string, change: ScheduleSwitch): Promise<void> {
    this.#states.set(job, { ...this.#of(job), ...change });
  }

  #of(job: string): ScheduleState {
    const unknown = { job, servedUntil: null, paused: false, changedAt: null, changedBy: null, reason: null };
    return this.#states.get(job) ?? unknown;
  }
}
