import type { DailyReport, ReportedJob, Run } from '@daytrade/contracts';
import { addDays, instantOf, type TradeDate } from '@daytrade/market';
import type { Stores } from '@daytrade/storage';

/** Runs of a day that are looked at; the schedule starts about a hundred. */
const mostRuns = 1_000;

/** How the runs went that were queued on the day of a session in Japan. */
export async function runsOfSession(
  { runs: ledger }: Pick<Stores, 'runs'>,
  session: TradeDate,
): Promise<DailyReport['runs']> {
  const midnight = (date: TradeDate) => new Date(instantOf(date, '00:00')).toISOString();
  const queuedBetween = { from: midnight(session), to: midnight(addDays(session, 1)) };
  const runs = await ledger.list({ queuedBetween, limit: mostRuns, longestJson: 2_000 });
  const byJob = Map.groupBy(runs, ({ job }) => job);
  return {
    jobs: [...byJob].map(([job, ofJob]) => jobFigures(job, ofJob)).sort((one, other) => (one.job < other.job ? -1 : 1)),
    failed: runs.filter(hasFailed).map(({ id, job, status, attempt, error, finishedAt }) => ({
      id,
      job,
      status,
      attempt,
      at: finishedAt,
      code: error?.code ?? null,
      message: error?.message ?? null,
    })),
  };
}

function jobFigures(job: string, runs: readonly Run[]): ReportedJob {
  const seconds = runs.flatMap(({ startedAt, finishedAt }) =>
    startedAt === null || finishedAt === null ? [] : [(Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000],
  );
  return {
    job,
    runs: runs.length,
    succeeded: runs.filter(({ status }) => status === 'succeeded').length,
    failed: runs.filter(hasFailed).length,
    retried: runs.filter(({ attempt }) => attempt > 1).length,
    longestSeconds: seconds.length === 0 ? null : Math.max(...seconds),
  };
}

function hasFailed({ status }: Run): boolean {
  return status === 'failed' || status === 'timed-out';
}
