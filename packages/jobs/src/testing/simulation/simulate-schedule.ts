import { instantOf, type TradeDate } from '@daytrade/market';
import type { Run } from '../../run.ts';
import { dueTimes } from '../../schedule/due-times.ts';
import { ExecutionScheduler } from '../../schedule/execution-scheduler.ts';
import type { ScheduledJob } from '../../schedule/schedule.ts';
import { MemoryJobDefinitionStore } from '../memory-job-definition-store.ts';
import { MemoryRunLedger } from '../memory-run-ledger.ts';
import { MemoryScheduleStore } from '../memory-schedule-store.ts';
import { ledgerOver, schedulesOver } from './cut-off.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { SimulatedQueue } from './simulated-queue.ts';

export interface ScheduleSimulation {
  readonly seed: number;
  /** First and last day, both included. */
  readonly from: TradeDate;
  readonly to: TradeDate;
  readonly jobs: readonly ScheduledJob[];
  /** Failures a year, on average, of each of the two schedulers. */
  readonly failuresPerYear: number;
}

/** What became of the due times of the calendar. */
export interface SimulatedSchedule {
  readonly due: number;
  /** Runs of due times, and due times that one of them stands for. */
  readonly ran: number;
  readonly stoodFor: number;
  /** Due times that neither ran nor are counted in a later run. */
  readonly lost: number;
  /** Effects beyond the first of a key. */
  readonly duplicates: number;
  readonly crashes: number;
  readonly partitions: number;
}

const yearMs = 365 * 86_400_000;
/** A scheduler is away for a part of a second up to eight hours, short times more often. */
const longestFailureMs = 8 * 3_600_000;
const startAgainMs = 2_000;
/** How often, at a failure, it begins in the middle of a call: half before the ledger has it, half after. */
const inACall = 0.8;

/**
 * Two schedulers over years, on one ledger. Each crashes, or is cut off from the ledger, again and again: at any
 * moment, mostly between two calls of what it decides about a due time, and also after a call whose answer is lost.
 */
export async function simulateSchedule(options: ScheduleSimulation): Promise<SimulatedSchedule> {
  const random = uniform(options.seed);
  const begin = instantOf(options.from, '00:00');
  const end = instantOf(options.to, '23:59');
  const clock = new SimulatedClock(begin);
  const ledger = new MemoryRunLedger();
  const schedules = new MemoryScheduleStore();
  const definitions = new MemoryJobDefinitionStore();
  const effects = new Map<string, number>();
  const failures = { crash: 0, partition: 0 };

  const work = (run: Run) => {
    const key = `${run.job} ${run.key}`;
    effects.set(key, (effects.get(key) ?? 0) + 1);
    void ledger.update(run, { status: 'succeeded', attempt: 1, finishedAt: run.queuedAt });
  };

  /** One process after another: each that crashes is followed by a new one. */
  const keepOne = (): void => {
    let cut = false;
    let cutAtNextCall: 'before' | 'after' | undefined;
    let crashes = false;
    let dead = false;
    const link = {
      isCut: () => cut,
      cuts: (moment: 'before' | 'after') => {
        if (cutAtNextCall !== moment) return false;
        fail();
        return true;
      },
    };
    const far = ledgerOver(link, ledger);
    const scheduler = new ExecutionScheduler({
      queue: new SimulatedQueue({ ledger: far, clock, random, queued: work }),
      ledger: far,
      schedules: schedulesOver(link, schedules),
      definitions,
      clock,
      random,
      jobs: options.jobs,
      automaticTrading: false,
      longestSleepMs: yearMs,
      onError: () => undefined,
    });
    const fail = () => {
      cutAtNextCall = undefined;
      cut = true;
      failures[crashes ? 'crash' : 'partition'] += 1;
      const awayMs = longestFailureMs * random() ** 6;
      if (crashes) {
        dead = true;
        scheduler.stop();
        clock.setTimeout(keepOne, awayMs);
        return;
      }
      clock.setTimeout(() => {
        cut = false;
        planFailure();
      }, awayMs);
    };
    const planFailure = () => {
      clock.setTimeout(
        () => {
          crashes = random() < 0.5;
          if (random() < inACall) cutAtNextCall = random() < 0.5 ? 'before' : 'after';
          else fail();
        },
        (-Math.log(1 - random()) * yearMs) / options.failuresPerYear,
      );
    };
    const start = async (): Promise<void> => {
      await scheduler.start().catch(() => {
        if (!dead) clock.setTimeout(() => void start(), startAgainMs);
      });
    };
    planFailure();
    void start();
  };

  keepOne();
  keepOne();
  await clock.passUntil(end);
  // What is left when both have come back is decided, as at any later time.
  await clock.passUntil(end + 2 * longestFailureMs);
  return {
    ...(await countRuns(options, ledger, end, begin)),
    ...countEffects(effects),
    crashes: failures.crash,
    partitions: failures.partition,
  };
}

function countEffects(effects: ReadonlyMap<string, number>): Pick<SimulatedSchedule, 'duplicates'> {
  return { duplicates: [...effects.values()].reduce((sum, count) => sum + count - 1, 0) };
}

async function countRuns({ jobs }: ScheduleSimulation, ledger: MemoryRunLedger, end: number, begin: number) {
  const total = { due: 0, ran: 0, stoodFor: 0, lost: 0 };
  for (const job of jobs) {
    const runs = await ledger.list({ job: job.queueJob, keyPrefix: `${job.name}/`, limit: Number.POSITIVE_INFINITY });
    const missedBy = new Map(runs.map(({ scheduledFor, missed }) => [Date.parse(scheduledFor ?? ''), missed ?? 0]));
    const due = dueTimes(job.schedule, begin, end);
    total.due += due.length;
    // From the newest on: a run stands for as many due times before it as it says.
    let standsFor = 0;
    for (const dueAt of due.toReversed()) {
      const missed = missedBy.get(dueAt);
      if (missed !== undefined) total.ran += 1;
      else if (standsFor > 0) total.stoodFor += 1;
      else total.lost += 1;
      standsFor = missed === undefined ? Math.max(0, standsFor - 1) : Math.max(missed, standsFor - 1);
    }
  }
  return total;
}

/** Uniform numbers in [0, 1), the same for the same seed: mulberry32. */
function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
