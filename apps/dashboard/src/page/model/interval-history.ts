import type { JudgedPrediction, Prediction } from '@daytrade/contracts';
import type { Answer } from '../api/ask.ts';
import { addDays } from './japan-time.ts';

export type Bar = Answer<'bars'>['bars'][number];

/** One session of the chart: its bar where it is known, and the interval that was published or reconstructed for it. */
export interface ChartSession {
  readonly date: string;
  readonly bar: Bar | null;
  readonly interval: ChartInterval | null;
}

export interface ChartInterval {
  readonly lower: number;
  readonly upper: number;
  /** null while the session is not over, or when nothing was traded. */
  readonly inside: boolean | null;
  readonly source: JudgedPrediction['source'];
}

/** Sessions in a chart, and the calendar days that hold them with room to spare. */
const shownSessions = 250;
const calendarDays = 400;

/** The date from which on bars are asked for, for a chart that ends on `last`. */
export function firstChartDate(last: string): string {
  return addDays(last, -calendarDays);
}

/**
 * The newest `count` sessions of a symbol, oldest first, and after them the session whose interval is published but
 * whose bar is not known yet.
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

/** An interval in the prices of the bar, which may have been restated since it was published. */
function intervalOf({ lower, upper, close, restatedClose, inside, source }: JudgedPrediction, bar: Bar): ChartInterval {
  const restated = close === null ? 1 : bar.close / (restatedClose ?? close);
  return { lower: lower * restated, upper: upper * restated, inside, source };
}

/**
 * How many of the judged intervals held the close, and how many of them were published before their session. What was
 * made later counts for nothing.
 */
export function tally(history: readonly JudgedPrediction[]): {
  readonly judged: number;
  readonly inside: number;
  readonly published: number;
} {
  const judged = history.filter(({ inside, source }) => inside !== null && source !== 'late');
  return {
    judged: judged.length,
    inside: judged.filter(({ inside }) => inside === true).length,
    published: judged.filter(({ source }) => source === 'live').length,
  };
}

/** The newest `count` judged or pending intervals, newest first, whatever the order of the list. */
export function newestFirst(history: readonly JudgedPrediction[], count: number): readonly JudgedPrediction[] {
  return [...history].sort((a, b) => (a.session < b.session ? 1 : -1)).slice(0, count);
}
