import type { Run, RunLedger } from '../../run.ts';
import { keyPrefix } from '../../schedule/due-times.ts';
import type { StartableJob } from '../../schedule/schedule.ts';
import type { JobCalendar } from './job-calendar.ts';

/** What the ledger says of the due times of the calendar. */
export interface RunCounts {
  readonly due: number;
  /** Runs of due times that succeeded. */
  readonly ran: number;
  /** Due times that the misfire policy left out: one that was skipped, or that another one stands for. */
  readonly leftOut: number;
  /** Due times that neither ran to their end nor are in the entry of another. */
  readonly lost: number;
}

/** Goes through the ledger, for each due time of each job up to an instant. */
export async function countRuns(
  jobs: Iterable<{ readonly job: StartableJob; readonly calendar: JobCalendar }>,
  ledger: Pick<RunLedger, 'list'>,
  until: number,
): Promise<RunCounts> {
  const all = await ledger.list({ scheduledOnly: true, limit: Number.POSITIVE_INFINITY });
  const runs = Map.groupBy(all, ({ key }) => key.slice(0, key.indexOf('/') + 1));
  const total = { due: 0, ran: 0, leftOut: 0, lost: 0 };
  for (const { job, calendar } of jobs) {
    const byTime = new Map((runs.get(keyPrefix(job.name)) ?? []).map((run) => [Date.parse(run.scheduledFor!), run]));
    total.due += calendar.countUntil(until);
    // From the newest on: a run stands for as many due times before it as it says.
    let standsFor = 0;
    for (const dueAt of calendar.due.toReversed()) {
      const run = byTime.get(dueAt);
      if (dueAt <= until) total[whatBecameOf(run, standsFor > 0)] += 1;
      standsFor = Math.max(run?.missed ?? 0, standsFor - 1);
    }
  }
  return total;
}

function whatBecameOf(run: Run | undefined, isInAnother: boolean): 'ran' | 'leftOut' | 'lost' {
  if (run?.status === 'succeeded') return 'ran';
  return run?.status === 'skipped' || (run === undefined && isInAnother) ? 'leftOut' : 'lost';
}
