import type { Run } from '../../run.ts';
import type { StartableJob } from '../../schedule/schedule.ts';
import type { JobCalendar } from './job-calendar.ts';

/** Under `run-all` no more than these run, the newest; the oldest of them stands for the others. */
const mostOfRunAll = 100;

/** When a scheduler can have decided, and up to when the due times of each job were decided before. */
export interface DecidedAt {
  readonly instants: readonly number[];
  readonly servedUntil: ReadonlyMap<string, string>;
}

/**
 * Holds each run of a due time against what is documented of the misfire policies (docs/decisions/0034). It goes by the
 * calendar and by what all schedulers share, not by what one decides.
 */
export class PolicyCheck {
  readonly #jobs: ReadonlyMap<string, { readonly job: StartableJob; readonly calendar: JobCalendar }>;
  #servedUntil: ReadonlyMap<string, string> = new Map();
  #breaches = 0;
  #first: string | undefined;

  constructor(jobs: ReadonlyMap<string, { readonly job: StartableJob; readonly calendar: JobCalendar }>) {
    this.#jobs = jobs;
  }

  /** Runs that are not as documented. */
  get breaches(): number {
    return this.#breaches;
  }

  /** The first of them, in words. */
  get first(): string | undefined {
    return this.#first;
  }

  /** The due times of a job are decided up to an instant, ISO 8601 in UTC. */
  served(job: string, until: string): void {
    if (until <= (this.#servedUntil.get(job) ?? '')) return;
    this.#servedUntil = new Map(this.#servedUntil).set(job, until);
  }

  /** Up to when the due times of each job are decided now. */
  get servedUntil(): ReadonlyMap<string, string> {
    return this.#servedUntil;
  }

  /** A run was written down, as somebody has decided. */
  written(run: Run, { instants, servedUntil }: DecidedAt): void {
    const name = run.key.slice(0, run.key.indexOf('/'));
    const until = Date.parse(servedUntil.get(name) ?? '');
    const problems = instants.map((now) => this.#problemOf(name, run, now, until));
    if (problems.includes(undefined)) return;
    this.#breaches += 1;
    this.#first ??= `${run.key}, decided at ${new Date(instants.at(-1)!).toISOString()}, ${problems.at(-1)}`;
  }

  #problemOf(name: string, run: Run, now: number, servedUntil: number): string | undefined {
    const known = this.#jobs.get(name);
    if (known === undefined) return 'is of no job';
    const { job, calendar } = known;
    const { due, countUntil } = calendar;
    const dueAt = Date.parse(run.scheduledFor ?? '');
    const at = countUntil(dueAt) - 1;
    if (due[at] !== dueAt) return 'is of no due time';
    const graceMs = job.misfireGraceSeconds * 1_000;
    const isLate = now - dueAt > graceMs;
    if ((run.trigger === 'misfire') !== isLate) return `is ${isLate ? 'late' : 'on time'} and says otherwise`;
    const leavesOut = job.misfirePolicy === 'skip' && isLate;
    if ((run.status === 'skipped') !== leavesOut) return leavesOut ? 'is late and not left out' : 'is left out';
    const newest = countUntil(leavesOut ? now - graceMs - 1 : now) - 1;
    const missed = run.missed ?? 0;
    if (job.misfirePolicy === 'run-all') {
      if (missed > 0 && newest - at !== mostOfRunAll - 1) return 'stands for others';
    } else if (at !== newest) {
      return 'is not of the newest due time';
    }
    const since = at - countUntil(servedUntil);
    return missed > since ? `stands for ${missed} others where ${since} were missed` : undefined;
  }
}
