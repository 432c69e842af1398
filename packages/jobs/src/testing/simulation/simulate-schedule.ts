import { addDays, instantOf, type TradeDate } from '@daytrade/market';
import type { Run, RunLedger } from '../../run.ts';
import type { ScheduledJob, ScheduleStore } from '../../schedule/schedule.ts';
import { MemoryRunLedger } from '../memory-run-ledger.ts';
import { MemoryScheduleStore } from '../memory-schedule-store.ts';
import { Chance, longestDelayMs, longestFailureMs } from './chance.ts';
import { countRuns, type RunCounts } from './count-runs.ts';
import { jobCalendar } from './job-calendar.ts';
import { type DecidedAt, PolicyCheck } from './policy-check.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { SimulatedScheduler } from './simulated-scheduler.ts';

export interface ScheduleSimulation {
  readonly seed: number;
  /** First and last day, both included. */
  readonly from: TradeDate;
  readonly to: TradeDate;
  readonly jobs: readonly ScheduledJob[];
  /** Failures a year, on average, of each of the two schedulers alone. */
  readonly failuresPerYear: number;
  /** Outages a year, on average, that end both at once. */
  readonly outagesPerYear: number;
}

/** What became of the due times of the calendar. */
export interface SimulatedSchedule extends RunCounts {
  /** Effects beyond the first of a due time. */
  readonly duplicates: number;
  /** Runs that are not as their misfire policy is documented, and the first of them in words. */
  readonly breaches: number;
  readonly firstBreach: string | undefined;
  readonly crashes: number;
  readonly partitions: number;
  readonly outages: number;
}

/** Workers take up what the ledger has queued and nobody has told them of, as the reconcilers of the real ones do. */
const takeUpMs = longestDelayMs + 5_000;

/**
 * Two schedulers over years, on one ledger. Each crashes, or is cut off from the ledger, again and again: at any
 * moment, mostly between two calls of what it decides about due times, and also after a call whose answer is lost.
 * Now and then both crash at once, so that due times are missed.
 */
export async function simulateSchedule(options: ScheduleSimulation): Promise<SimulatedSchedule> {
  const chance = new Chance(options.seed);
  const end = instantOf(options.to, '23:59');
  const clock = new SimulatedClock(instantOf(options.from, '00:00'));
  // A day longer than what is counted: schedulers that come back late decide about what is due by then.
  const lastDay = addDays(options.to, 1);
  const jobs = new Map(
    options.jobs.map((job) => [job.name, { job, calendar: jobCalendar(job.schedule, options.from, lastDay) }]),
  );
  const check = new PolicyCheck(jobs);
  const ledger = new MemoryRunLedger();
  const worked: Run[] = [];
  const failures = { crashes: 0, partitions: 0, outages: 0 };
  const alive = new Set<SimulatedScheduler>();

  // As a real worker: a run is worked on by whoever changes it first. One that is on its way here may be taken up.
  const work = async (run: Run) => {
    const change = { status: 'succeeded', attempt: 1, finishedAt: run.queuedAt } as const;
    if ((await ledger.update(run, change)) !== undefined) worked.push(run);
  };
  const takeUp = async () => {
    for (const run of await ledger.unfinished()) if (run.status === 'queued') await work(run);
  };
  const takeUpSoon = () => clock.setTimeout(() => void takeUp(), takeUpMs);
  const world = {
    ...options,
    clock,
    chance,
    ledgerOf: (decidedAt: () => DecidedAt) => watchedLedger(ledger, check, decidedAt),
    servedUntil: () => check.servedUntil,
    schedules: watchedSchedules(check),
    work: (run: Run) => void work(run),
    crashed: (scheduler: SimulatedScheduler, awayMs: number) => {
      failures.crashes += 1;
      alive.delete(scheduler);
      takeUpSoon();
      clock.setTimeout(begin, awayMs);
    },
    cutOff: () => {
      failures.partitions += 1;
      takeUpSoon();
    },
  };
  const begin = () => alive.add(new SimulatedScheduler(world));
  const planOutage = (): void => {
    clock.setTimeout(() => {
      failures.outages += 1;
      const awayMs = chance.awayMs();
      for (const scheduler of alive) scheduler.crash(awayMs);
      planOutage();
    }, chance.untilNextMs(options.outagesPerYear));
  };

  begin();
  begin();
  planOutage();
  await clock.passUntil(end);
  // What is left when both have come back is decided, as at any later time.
  await clock.passUntil(end + 2 * longestFailureMs);
  return {
    ...(await countRuns(jobs.values(), ledger, end)),
    ...failures,
    duplicates:
      worked.length - new Set(worked.map(({ key, scheduledFor }) => `${key.split('/')[0]} ${scheduledFor}`)).size,
    breaches: check.breaches,
    firstBreach: check.first,
  };
}

/** Shows the check each run that is written down. */
function watchedLedger(ledger: MemoryRunLedger, check: PolicyCheck, decidedAt: () => DecidedAt): RunLedger {
  return {
    create: async (...input) => {
      const decided = decidedAt();
      const accepted = await ledger.create(...input);
      if (accepted?.created === true) check.written(accepted.run, decided);
      return accepted;
    },
    find: (id) => ledger.find(id),
    list: (query) => ledger.list(query),
    update: (...input) => ledger.update(...input),
    unfinished: () => ledger.unfinished(),
  };
}

/** Shows the check up to when the due times of a job are decided. */
function watchedSchedules(check: PolicyCheck): ScheduleStore {
  const schedules = new MemoryScheduleStore();
  return {
    list: () => schedules.list(),
    serve: async (job, until) => {
      check.served(job, until);
      await schedules.serve(job, until);
    },
    switch: (...input) => schedules.switch(...input),
  };
}
