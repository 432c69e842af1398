import type { BackfillEntry } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { instantOf, type TradeDate } from '@daytrade/market';
import { isoInstant } from '../clock.ts';
import { mostUnfinished } from '../queue/queue-errors.ts';
import { replayRequest } from '../queue/replay.ts';
import { hasEnded, type Run } from '../run.ts';
import { dueTimes, slotKey } from './due-times.ts';
import type { SchedulerParts, StartableJob } from './schedule.ts';

type BackfillOptions = Pick<SchedulerParts, 'queue' | 'ledger' | 'clock'>;

export interface BackfillRange {
  /** Inclusive. */
  readonly from: TradeDate;
  readonly to: TradeDate;
  /** True repeats failed runs. */
  readonly replays: boolean;
  /** True only lists the actions. */
  readonly dryRun: boolean;
  readonly requestId?: string | undefined;
}

/** Maximum of due times in one request: some years of a daily job. */
const mostDueTimes = 2_000;
/** Maximum of runs of a job and day, with replays. */
const mostRunsOfDay = 500;
const longestJson = 2_048;

/**
 * Starts a run for each due time of a range of days that has none. Keys with a successful or unfinished run are left
 * out; failed runs are replayed on request. A full queue leaves the rest for the next call.
 *
 * @throws DayTradeError `input.invalid` for a job without sessions and for a range that is too long
 */
export async function backfill(
  options: BackfillOptions,
  job: StartableJob,
  { from, to, replays, dryRun, requestId }: BackfillRange,
): Promise<BackfillEntry[]> {
  const due = dueIn(job, from, to, options.clock.now());
  const entries: BackfillEntry[] = [];
  let room = dryRun ? 0 : mostUnfinished.ofJob - (await unfinishedOf(options, job));
  for (const dueAt of due) {
    const key = slotKey(job.name, job.schedule, dueAt);
    const before = await lastOf(options, job, key);
    let action = actionFor(before);
    let run = before;
    if (room > 0 && (action === 'start' || (replays && action === 'replay'))) {
      room -= 1;
      const request = action === 'replay' ? replayRequest(before!) : newRequest(job, key, dueAt);
      run = await options.queue.enqueue({ ...request, requestId });
      action = actionFor(run);
    }
    const started = run?.id !== before?.id;
    entries.push({
      key,
      scheduledFor: isoInstant(dueAt),
      action,
      started,
      run: run?.id ?? null,
      status: run?.status ?? null,
    });
  }
  return entries;
}

function dueIn(job: StartableJob, from: TradeDate, to: TradeDate, now: number): readonly number[] {
  if (!job.ofSession) throw ofNoSession(job);
  const due = dueTimes(job.schedule, instantOf(from, '00:00') - 1, Math.min(now, instantOf(to, '23:59')));
  if (due.length <= mostDueTimes) return due;
  const message =
    `to: ${job.name} is due ${due.length} times from ${from} to ${to}; at most ${mostDueTimes} can be ` +
    'made up for at once';
  throw new DayTradeError('input.invalid', message, {
    details: { field: 'to', value: to, from },
  });
}

function ofNoSession({ name }: StartableJob): DayTradeError {
  const message =
    `job ${name} does the same whichever session it is for, so nothing of it can be made up for: run ` +
    `it once with \`daytrade jobs run ${name}\``;
  return new DayTradeError('input.invalid', message, { details: { field: 'job', value: name } });
}

async function unfinishedOf({ ledger }: BackfillOptions, { queueJob }: StartableJob): Promise<number> {
  return (await ledger.unfinished()).filter(({ job }) => job === queueJob).length;
}

/** Returns the last run of a key: the original one or its newest replay. */
async function lastOf({ ledger }: BackfillOptions, job: StartableJob, key: string): Promise<Run | undefined> {
  const runs = await ledger.list({ job: job.queueJob, keyPrefix: key, limit: mostRunsOfDay, longestJson });
  const ofKey = runs.filter((run) => run.key === key);
  const repeated = new Set(ofKey.map(({ replayOf }) => replayOf));
  return ofKey.find(({ id }) => !repeated.has(id));
}

function actionFor(run: Run | undefined): BackfillEntry['action'] {
  if (run === undefined) return 'start';
  if (!hasEnded(run)) return 'under-way';
  return run.status === 'succeeded' ? 'done' : 'replay';
}

function newRequest(job: StartableJob, key: string, dueAt: number) {
  const { queueJob, payload } = job;
  return { job: queueJob, key, payload, trigger: 'backfill', scheduledFor: isoInstant(dueAt) } as const;
}
