import type { JudgedPrediction, Prediction, SessionEntry, SymbolToday } from '@daytrade/contracts';
import type { Answer } from '../api/request.ts';
import { standingForecasts } from './day-forecasts.ts';
import { addDays } from './japan-time.ts';

export type Bar = Answer<'bars'>['bars'][number];

/** The time that a candlestick covers. */
export const timeFrames = ['day', 'week', '5m'] as const;
export type TimeFrame = (typeof timeFrames)[number];

/**
 * One candlestick of the chart: its bar if it is known, and the published or reconstructed interval. The time is a
 * date, or `YYYY-MM-DD HH:MM` in Japan.
 */
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

const shownSessions = 250;
/** Calendar days that are sure to contain the bars of a chart. */
const calendarDays: Readonly<Record<TimeFrame, number>> = { day: 400, week: 1_830, '5m': 13 };

export function firstChartDate(last: string, frame: TimeFrame): string {
  return addDays(last, -calendarDays[frame]);
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
  const intervals = new Map(
    history.map((judged) => [judged.session as string, (bar: Bar) => toChartInterval(judged, bar)]),
  );
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

/** Returns one candlestick a week, under its first session. The intervals of single sessions have no place in it. */
export function toWeeks(bars: readonly Bar[]): readonly ChartSession[] {
  // 1970-01-01 was a Thursday.
  const weeks = Map.groupBy(bars, ({ date }) => Math.floor((Date.parse(date) / 86_400_000 + 3) / 7));
  return [...weeks.values()].map((week) => {
    const [first] = week as [Bar];
    const high = Math.max(...week.map((bar) => bar.high));
    const low = Math.min(...week.map((bar) => bar.low));
    const volume = week.reduce((sum, bar) => sum + bar.volume, 0);
    const { close } = week.at(-1) ?? first;
    return { date: first.date, bar: { ...first, high, low, close, volume }, interval: null };
  });
}

/**
 * Returns candlesticks of 5 minutes. Those of the day have the interval that was the newest one at their time. Until
 * the day is over, the newest one awaits its close.
 */
export function fiveMinuteSessions(
  bars: readonly Bar[],
  day?: SymbolToday,
  hours?: SessionEntry,
): readonly ChartSession[] {
  const standing = day === undefined || hours === undefined ? [] : standingForecasts(day, hours);
  const withInterval = (date: string, time: string, bar: Bar | null): ChartSession => {
    const forecast = date === day?.session ? standing.findLast(({ from }) => from <= time) : undefined;
    const source = forecast?.late === true ? ('late' as const) : ('live' as const);
    const interval = forecast && { lower: forecast.lower, upper: forecast.upper, inside: null, source };
    return { date: `${date} ${time}`, bar, interval: interval ?? null };
  };
  const chartSessions = bars.map((bar) => withInterval(bar.date.slice(0, 10), bar.date.slice(11, 16), bar));
  if (day === undefined || hours === undefined || standing.length === 0) return chartSessions;
  const close = withInterval(day.session, hours.close, null);
  return close.date > (chartSessions.at(-1)?.date ?? '') ? [...chartSessions, close] : chartSessions;
}

/** Returns an interval in the prices of the bar, which a split may have restated since. */
function toChartInterval(
  { lower, upper, close, restatedClose, inside, source }: JudgedPrediction,
  bar: Bar,
): ChartInterval {
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
