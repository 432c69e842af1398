import {
  type CoverageDay,
  type CoverageWindow,
  type DailyReport,
  type ReportEntry,
  type ReportedHorizon,
  type ReportedPrediction,
  targetCoverage,
} from '@daytrade/contracts';
import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { barsAge, lastClosedSession, type TradeDate } from '@daytrade/market';
import { binomialBand } from '@daytrade/report';
import { activeSymbols, newestBar, type Stores, type SymbolRecord } from '@daytrade/storage';
import type { MlServiceDependencies } from '../dependencies.ts';
import { isLateInDay, readInDayCloses } from '../in-day/judge-in-day.ts';
import { isInside, isLate, meanOf, readCloses, widthBp } from '../predictions/judge.ts';
import {
  isJudged,
  type LiveInterval,
  liveAccuracy,
  liveInterval,
  liveIntervals,
  liveSessions,
} from '../predictions/judged-interval.ts';

/** Job `report`: reports the intervals of the session, and reports earlier sessions again whose closes came late. */
export function reportJob({ stores, clock }: MlServiceDependencies): JobDefinition {
  return defineJob('report', async ({ run, progress, signal }) => {
    progress({ stage: 'judging', fraction: 0.1 });
    // A run that is late or caught up reports its own session.
    const session = lastClosedSession(run.scheduledFor === null ? clock.now() : Date.parse(run.scheduledFor));
    const { synthetic } = await activeSymbols(stores);
    const listed = await stores.reports.list(synthetic, newestReports);
    const report = await makeReport(stores, session, clock.now());
    const revision = await stores.reports.save(report);
    const made = revision === undefined ? [] : [{ session, revision }];
    progress({ stage: 'judging', fraction: 0.6 });
    for (const earlier of incompleteSessions(listed, session)) {
      signal.throwIfAborted();
      const later = await stores.reports.save(await makeReport(stores, earlier, clock.now()));
      if (later !== undefined) made.push({ session: earlier, revision: later });
    }
    const { judged, inside } = report.coverage.day;
    return {
      session,
      published: report.predictions.filter(({ late }) => !late).length,
      judged,
      inside,
      outside: report.predictions.filter((outcome) => outcome.inside === false).map(({ symbol }) => symbol),
      live: liveAccuracy(await liveIntervals(stores, synthetic, clock.now()), clock.now()),
      made,
    };
  });
}

/** Newest reports that are checked for late closes. */
const newestReports = 20;

/** Returns the earlier sessions whose newest report lacks closes, newest first. */
function incompleteSessions(listed: readonly ReportEntry[], session: TradeDate): readonly TradeDate[] {
  return listed
    .filter((entry) => !entry.superseded && entry.session < session && entry.judged < entry.published)
    .map((entry) => entry.session);
}

/** Builds the report of a session from everything known now. */
async function makeReport(stores: Stores, session: TradeDate, now: number): Promise<Omit<DailyReport, 'revision'>> {
  const { records, synthetic } = await activeSymbols(stores);
  const predictions = await reportedPredictions(stores, session, synthetic, now);
  const live = (await liveIntervals(stores, synthetic, now)).filter((interval) => interval.session <= session);
  const days = coverageDays(live.filter(isJudged));
  return {
    session,
    madeAt: new Date(now).toISOString(),
    synthetic,
    target: targetCoverage,
    predictions,
    coverage: { ...coverageOf(session, days), live: liveAccuracy(live, now) },
    withinDay: await horizonsOfSession(stores, session, synthetic, now),
    quality: qualityOfSession(records, session, now),
  };
}

async function reportedPredictions(
  stores: Stores,
  session: TradeDate,
  synthetic: boolean,
  now: number,
): Promise<ReportedPrediction[]> {
  const published = await stores.predictions.forSession(session, synthetic);
  const closes = await readCloses(stores, published, now);
  return published.map((prediction) => {
    const { symbol, name, lastClose, lower, upper, priceBasis, modelVersion } = prediction;
    const late = isLate(prediction);
    const close = closes(prediction)?.close ?? null;
    const inside = late || close === null ? null : isInside(prediction, close);
    return {
      symbol,
      name,
      lastClose,
      lower,
      upper,
      priceBasis,
      modelVersion,
      late,
      close,
      inside,
    };
  });
}

/** Sessions of the windows; the last one is that of the route `accuracy`. */
const windows = [20, 60, liveSessions] as const;
const curveSessions = 60;

/** Counts judged intervals by session, oldest first. */
function coverageDays(judged: readonly LiveInterval[]): readonly CoverageDay[] {
  const bySession = Map.groupBy(judged, ({ session }) => session);
  return [...bySession].map(([session, outcomes]) => ({
    session,
    judged: outcomes.length,
    inside: outcomes.filter(({ inside }) => inside).length,
  }));
}

/**
 * Returns the coverage of a session, of the windows that end with it, and the curve.
 *
 * @param days judged sessions up to the reported one, oldest first
 */
function coverageOf(session: string, days: readonly CoverageDay[]) {
  return {
    day: windowOf(
      1,
      days.filter((day) => day.session === session),
    ),
    windows: windows.map((sessions) => windowOf(sessions, days.slice(-sessions))),
    series: days.slice(-curveSessions),
  };
}

function windowOf(sessions: number, days: readonly CoverageDay[]): CoverageWindow {
  const judged = days.reduce((sum, day) => sum + day.judged, 0);
  const inside = days.reduce((sum, day) => sum + day.inside, 0);
  const nothing = judged === 0;
  return {
    sessions,
    judgedSessions: days.length,
    judged,
    inside,
    coverage: nothing ? null : inside / judged,
    band: nothing ? null : binomialBand(judged, targetCoverage),
  };
}

function qualityOfSession(records: readonly SymbolRecord[], session: TradeDate, now: number): DailyReport['quality'] {
  const newest = newestBar(records);
  return {
    symbols: records.length,
    stale: records
      .filter(({ lastDate }) => lastDate < session)
      .map(({ symbol, name, lastDate }) => ({ symbol, name, lastDate })),
    barsAge: newest === undefined ? null : barsAge(newest, now),
  };
}

/** Returns the outcomes of forecasts within a session by horizon; late ones do not count. */
async function horizonsOfSession(
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
    return {
      horizon,
      published: forecasts.length,
      late: forecasts.length - inTime.length,
      judged,
      inside,
      coverage,
      meanWidthBp: meanOf(inTime.map(widthBp)),
    };
  });
}
