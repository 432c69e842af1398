import type { BucketReport } from '@daytrade/contracts';
import { dateOfDayNumber, type Horizon, inEarningsSeason } from '@daytrade/market';
import { meanOf, type Panel, type ResultsCalendar, type ResultsClass, type SessionIndex } from '@daytrade/series';
import type { Outcomes } from '../dataset.ts';
import { sessionResults } from '../intervals/session-stretch.ts';
import { intervalFigures } from './interval-report.ts';
import type { JudgementInput } from './judge.ts';
import { intervalMethodNames, type JudgedTable } from './judged-table.ts';
import { scoresBy, skillIn } from './skill-report.ts';

/** A judged symbol-day as it is sorted into buckets. Log returns from the close that the forecast knew last. */
interface SortedRow {
  /** The session at whose close the forecast was made; the next one was predicted. */
  readonly t: SessionIndex;
  readonly symbol: number;
  /** The published interval. */
  readonly low: number;
  readonly high: number;
}

/** One way to sort judged symbol-days, so that a promise that holds on average is seen where it does not. */
interface BucketGroup {
  readonly name: string;
  /** Names of its buckets, in the order in which they are shown. */
  readonly buckets: readonly string[];
  readonly placeOf: (row: SortedRow) => number | undefined;
}

/**
 * A group of the ranges between some bounds: `<= 0.1`, `0.1 .. 0.25`, `> 0.25`. A value on a bound belongs to the range
 * below it.
 *
 * @param bounds rising
 * @param measure NaN where it is not known
 * @param inWords how a bound is written
 */
function rangeGroup(
  name: string,
  bounds: readonly number[],
  measure: (row: SortedRow) => number,
  inWords: (bound: number) => string = String,
): BucketGroup {
  const words = bounds.map(inWords);
  const between = words.slice(1).map((word, i) => `${words[i]} .. ${word}`);
  return {
    name,
    buckets: [`<= ${words[0]}`, ...between, `> ${words.at(-1)}`],
    placeOf: (row) => {
      const value = measure(row);
      if (Number.isNaN(value)) return undefined;
      const place = bounds.findIndex((bound) => value <= bound);
      return place < 0 ? bounds.length : place;
    },
  };
}

/** Bounds of |open - middle| / half-width: above 1 the session opened outside of its interval. */
const gapBounds = [0.1, 0.25, 0.5, 0.75, 1];

/**
 * Distance of the predicted session's open from the middle of its interval, in half-widths. The evening cannot know it:
 * it shows sessions that opened with most of the interval used up.
 */
export function gapGroup({ open, close, symbols, dividends }: Panel): BucketGroup {
  return rangeGroup('gap', gapBounds, ({ t, symbol, low, high }) => {
    const row = t * symbols.length + symbol;
    const next = row + symbols.length;
    const gap = Math.log((open[next]! + (dividends?.paid[next] ?? 0)) / close[row]!);
    return Math.abs(gap - (low + high) / 2) / ((high - low) / 2);
  });
}

/** Bounds of a log return in New York: beyond the outer ones is a night of some in a year. */
const nightBounds = [-0.025, -0.015, -0.005, 0.005, 0.015, 0.025];

/**
 * The return of New York in the night before the predicted session. The evening did not know it, 08:30 does.
 *
 * @param overnight log return by session t, known at 08:30 of session t + 1; NaN where it is not known
 */
export function usMoveGroup(overnight: Float64Array): BucketGroup {
  return rangeGroup(
    'us-move',
    nightBounds,
    ({ t }) => overnight[t] ?? Number.NaN,
    (bound) => `${(100 * bound).toFixed(1)} %`,
  );
}

/** A market move in log return beyond which a day is one of few in a year. */
const largeMove = 0.03;

/** The move of the market, the mean over the symbols, in the session at whose close the forecast was made. */
export function marketMoveGroup(outcomes: Outcomes): BucketGroup {
  const moves = Float64Array.from({ length: outcomes.sessions }, (_, t) => marketMove(outcomes, t));
  return rangeGroup(
    'market-move',
    [-largeMove, largeMove],
    ({ t }) => moves[t]!,
    (bound) => `${100 * bound} %`,
  );
}

/** Mean log return of the symbols in session t; NaN where none has one. */
function marketMove({ label, symbols }: Outcomes, t: SessionIndex): number {
  return meanOf(label.subarray(Math.max(0, t - 1) * symbols, t * symbols).filter(Number.isFinite));
}

/** Sessions in one of the weeks in which most companies announce their results, and the others. */
export function earningsSeasonGroup({ days }: Panel): BucketGroup {
  return {
    name: 'earnings-season',
    buckets: ['inside', 'outside'],
    placeOf: ({ t }) => (inEarningsSeason(dateOfDayNumber(days[t + 1]!)) ? 0 : 1),
  };
}

const classes: readonly ResultsClass[] = ['in-session', 'after-last', 'none'];

/** Sorts by what was known at the time of the forecast about results that move the predicted session. */
function resultsGroup({ days }: Panel, announced: ResultsCalendar, horizon: Horizon): BucketGroup {
  const places = Array.from(days, (day) =>
    sessionResults(announced, day, horizon).map((name) => name && classes.indexOf(name)),
  );
  return { name: 'results', buckets: classes, placeOf: ({ t, symbol }) => places[t]![symbol] };
}

type SortedBy = Pick<JudgementInput, 'panel' | 'outcomes' | 'range' | 'horizon' | 'beside'>;

/** Every way in which the judged symbol-days of an evaluation are sorted. */
function bucketGroups({ panel, outcomes, horizon, beside = {} }: SortedBy): readonly BucketGroup[] {
  const { overnight, announced } = beside;
  return [
    gapGroup(panel),
    ...(overnight === undefined ? [] : [usMoveGroup(overnight)]),
    marketMoveGroup(outcomes),
    earningsSeasonGroup(panel),
    ...(announced === undefined ? [] : [resultsGroup(panel, announced, horizon)]),
  ];
}

/** Returns the figures of the published intervals by bucket; a bucket without a symbol-day is left out. */
export function bucketReports(input: SortedBy, table: JudgedTable): readonly BucketReport[] {
  return bucketGroups(input).flatMap((group) => reportOf(group, table, input.range.judgedFrom));
}

function reportOf({ name, buckets, placeOf }: BucketGroup, table: JudgedTable, first: number): BucketReport[] {
  const column = intervalMethodNames.indexOf('published');
  const unknown = buckets.length;
  const places = table.day.map((day, row) => {
    const sorted = {
      t: first + day,
      symbol: table.symbol[row]!,
      low: table.low[column]![row]!,
      high: table.high[column]![row]!,
    };
    return placeOf(sorted) ?? unknown;
  });
  const scores = scoresBy(table, places, buckets.length + 1);
  const days = buckets.map(() => new Set<number>());
  for (const [row, place] of places.entries()) days[place]?.add(table.day[row]!);
  return buckets.flatMap((bucket, place) => {
    const symbolDays = scores.published.judged[place]!;
    if (symbolDays === 0) return [];
    const figures = { ...intervalFigures(scores.published, place), skill: skillIn(scores, place) };
    return { group: name, bucket, sessions: days[place]!.size, symbolDays, ...figures };
  });
}
