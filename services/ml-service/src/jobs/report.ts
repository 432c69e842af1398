import type { ReportEntry } from '@daytrade/contracts';
import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { lastClosedSession, type TradeDate } from '@daytrade/market';
import type { MlServiceDependencies } from '../dependencies.ts';
import { liveAccuracy, liveIntervals } from '../predictions/judged-interval.ts';
import { makeReport } from '../reports/make-report.ts';
import { activeSymbols } from '../universe.ts';

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

/**
 * Returns the earlier sessions whose newest report lacks closes, newest first.
 *
 * @param listed newest first
 */
function incompleteSessions(listed: readonly ReportEntry[], session: TradeDate): readonly TradeDate[] {
  return listed
    .filter((entry) => !entry.superseded && entry.session < session && entry.judged < entry.published)
    .map((entry) => entry.session);
}
