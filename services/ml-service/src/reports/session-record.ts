import type { DailyReport, ReportedHorizon, ReportedJob, Run } from '@daytrade/contracts';
import { addDays, barsAge, instantOf, type TradeDate } from '@daytrade/market';
import { newestBar, type Stores, type SymbolRecord } from '@daytrade/storage';
import { isLateInDay, readInDayCloses } from '../in-day/judge-in-day.ts';
import { widthBp } from '../predictions/judge.ts';
import { liveAccuracy, liveInterval } from '../predictions/judged-interval.ts';

/** Session and time of a report. */
interface QualityQuestion {
  readonly session: TradeDate;
  readonly records: readonly SymbolRecord[];
  /** Report of an earlier session, whose rows are not new. */
  readonly before: DailyReport | undefined;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** Returns rows kept out by reason, symbols without a bar of the session, and the age of the newest bar. */
export async function qualityOfSession(
  { quarantine }: Pick<Stores, 'quarantine'>,
  { session, records, before, now }: QualityQuestion,
): Promise<DailyReport['quality']> {
  const counts = await quarantine.counts();
  const newest = newestBar(records);
  return {
    reasons: counts.map(({ reason, severity, rows }) => {
      const known = before?.quality.reasons.find((entry) => entry.reason === reason && entry.severity === severity);
      // A corrected file has fewer rows than before, none of them new.
      const added = before === undefined ? null : Math.max(0, rows - (known?.rows ?? 0));
      return { reason, severity, rows, added };
    }),
    symbols: records.length,
    stale: records
      .filter(({ lastDate }) => lastDate < session)
      .map(({ symbol, name, lastDate }) => ({ symbol, name, lastDate })),
    barsAge: newest === undefined ? null : barsAge(newest, now),
  };
}

/** Highest number of runs of a day; the schedule starts about a hundred. */
const mostRuns = 1_000;

/** Returns the outcomes of the runs queued on the day of a session in Japan. */
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

/**
 * Returns the outcomes of forecasts within a session by horizon; late ones do not count.
 *
 * @param now milliseconds since 1970 UTC
 */
export async function horizonsOfSession(
  stores: Stores,
  session: TradeDate,
  synthetic: boolean,
  now: number,
): Promise<ReportedHorizon[]> {
  const horizons = await stores.inDayPredictions.ofSession(session, synthetic);
  const published = await Promise.all(
    horizons.map(async (horizon) => await stores.inDayPredictions.ofHorizon({ session, horizon }, synthetic)),
  );
  const closes = await readInDayCloses(stores, published.flat(), now);
  return horizons.map((horizon, i) => {
    const forecasts = published[i]!;
    const inTime = forecasts.filter((forecast) => !isLateInDay(forecast));
    const intervals = inTime.map((forecast) => liveInterval(forecast, closes(forecast)));
    const { judged, inside, coverage } = liveAccuracy(intervals, now);
    const width = inTime.reduce((sum, forecast) => sum + widthBp(forecast), 0);
    return {
      horizon,
      published: forecasts.length,
      late: forecasts.length - inTime.length,
      judged,
      inside,
      coverage,
      meanWidthBp: inTime.length === 0 ? null : width / inTime.length,
    };
  });
}
