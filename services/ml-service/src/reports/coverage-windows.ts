import { type CoverageDay, type CoverageWindow, targetCoverage } from '@daytrade/contracts';
import { binomialBand } from '@daytrade/report';
import { type LiveInterval, liveSessions } from '../predictions/judged-interval.ts';

/** Sessions of the windows beside the day; the last is that of the route `accuracy`. */
const windows = [20, 60, liveSessions] as const;
/** Sessions of the curve. */
const curveSessions = 60;

/** The judged intervals, counted by session, oldest first. */
export function coverageDays(judged: readonly LiveInterval[]): readonly CoverageDay[] {
  const bySession = Map.groupBy(judged, ({ session }) => session);
  return [...bySession].map(([session, outcomes]) => ({
    session,
    judged: outcomes.length,
    inside: outcomes.filter(({ inside }) => inside).length,
  }));
}

/**
 * The coverage of a session, of the windows that end with it, and the curve.
 *
 * @param days judged sessions up to the reported one, oldest first
 */
export function coverageOf(session: string, days: readonly CoverageDay[]) {
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
