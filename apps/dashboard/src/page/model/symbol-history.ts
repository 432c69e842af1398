import type { JudgedPrediction, Prediction } from '@daytrade/contracts';
import type { Answer } from '../api/request.ts';
import { addDays } from './japan-time.ts';

export type Bar = Answer<'bars'>['bars'][number];

/** One session of the chart: its bar if it is known, and its published or reconstructed interval. */
export interface ChartSession {
  readonly date: string;
  readonly bar: Bar | null;
  readonly interval: ChartInterval | null;
}

export interface ChartInterval {
  readonly lower: number;
  readonly upper: number;
  /** Null while the session is not over, and for a session without a trade. */
  readonly inside: boolean | null;
  readonly source: JudgedPrediction['source'];
}

/** Sessions in a chart, and calendar days that are sure to contain them. */
const shownSessions = 250;
const calendarDays = 400;

/** Returns the first date of the bars for a chart that ends on `last`. */
export function firstChartDate(last: string): string {
  return addDays(last, -calendarDays);
}

/**
 * Returns the newest `count` sessions of a symbol, oldest first. The session with a published interval and no bar yet
 * comes last.
 */
export function chartSessions(
  bars: readonly Bar[],
  history: readonly JudgedPrediction[],
  next?: Prediction,
  count = shownSessions,
): readonly ChartSession[] {
  const intervals = new Map(history.map((judged) => [judged.session as string, (bar: Bar) => intervalOf(judged, bar)]));
  const sessions: ChartSession[] = bars
    .slice(-count)
    .map((bar) => ({ date: bar.date, bar, interval: intervals.get(bar.date)?.(bar) ?? null }));
  const newest = sessions.at(-1)?.date ?? '';
  if (next === undefined || next.session <= newest) return sessions;
  const { lower, upper, late } = next;
  return [
    ...sessions,
    { date: next.session, bar: null, interval: { lower, upper, inside: null, source: late ? 'late' : 'live' } },
  ];
}

/** Returns an interval in the prices of the bar, which a split may have restated since. */
function intervalOf({ lower, upper, close, restatedClose, inside, source }: JudgedPrediction, bar: Bar): ChartInterval {
  const restated = close === null ? 1 : bar.close / (restatedClose ?? close);
  return { lower: lower * restated, upper: upper * restated, inside, source };
}

/** Counts the judged intervals, those with the close inside, and those published before their session. */
export function tally(history: readonly JudgedPrediction[]) {
  const judged = history.filter(({ inside, source }) => inside !== null && source !== 'late');
  return {
    judged: judged.length,
    inside: judged.filter(({ inside }) => inside === true).length,
    published: judged.filter(({ source }) => source === 'live').length,
  };
}

/** Returns the newest `count` judged or pending intervals, newest first. */
export function newestFirst(history: readonly JudgedPrediction[], count: number): readonly JudgedPrediction[] {
  return [...history].sort((a, b) => (a.session < b.session ? 1 : -1)).slice(0, count);
}
