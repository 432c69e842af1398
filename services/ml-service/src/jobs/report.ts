import type { ReportEntry } from '@daytrade/contracts';
import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { lastClosedSession, type TradeDate } from '@daytrade/market';
import type { MlServiceDependencies } from '../dependencies.ts';
import { liveAccuracy, liveIntervals } from '../predictions/judged-interval.ts';
import { makeReport } from '../reports/make-report.ts';
import { activeSymbols } from '../universe.ts';

/**
 * Job `report`, after the close: what the intervals that were published for the session did, as a report that is kept.
 * Reports of earlier sessions whose closes came since are made again.
 */
export function reportJob({ stores, clock }: MlServiceDependencies): JobDefinition {
  return defineJob('report', async ({ run, progress, signal }) => {
    progress({ stage: 'judging', fraction: 0.1 });
    // One that comes late, or is made up for, is about its own session.
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
    // What a crash left is looked for once a day.
    await stores.removeOrphans(clock.now());
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

/** Reports that are looked at for closes that came late. */
const newestReports = 20;

/**
 * The earlier sessions whose newest report lacks closes, newest first: a close may have come since.
 *
 * @param listed newest first, as the repository lists them
 */
function incompleteSessions(listed: readonly ReportEntry[], session: TradeDate): readonly TradeDate[] {
  return listed
    .filter((entry) => !entry.superseded && entry.session < session && entry.judged < entry.published)
    .map((entry) => entry.session);
}
