import type { InDayHorizon } from '@daytrade/market';
import type { LimitBands, SessionSnapshot } from '@daytrade/series';
import { knownMean, lessMean } from '../members/member-target.ts';
import type { DailyKnown } from './daily-known.ts';

/** Smallest size that is told from 0, in units of the scale. */
const floor = 0.1;

/** Columns of one session by name: one value a symbol. A matrix rounds them to 32 bits. */
export type SessionColumns = Record<string, Float32Array | Float64Array>;

/** ln of a size in units of the scale that 0 does not make infinite. */
export function logSize(value: number): number {
  return Math.log(floor + Math.abs(value));
}

/** ln of a size in units of a threshold, 0 up to it: where large values follow another law than small ones. */
function logBeyond(value: number, threshold: number): number {
  return Math.log(Math.max(1, Math.abs(value) / threshold));
}

/** ln of a scale relative to another, not below one twentieth of it. */
export function logRatio(value: number, scale: number): number {
  return Math.log(Math.max(value / scale, 0.05));
}

/** The size that a {@link logSize} is of. */
export function sizeOf(logarithm: number): number {
  return Math.exp(logarithm) - floor;
}

/** A value that an outlier does not carry away. */
export function bounded(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value));
}

export function shared(symbols: number, value: number): Float64Array {
  return new Float64Array(symbols).fill(value);
}

interface ColumnPair {
  readonly scale: SessionColumns;
  readonly centre: SessionColumns;
}

/** Columns of the night's return in America, in units of its scale; NaN where it is not known. */
function overnightColumns({ beta, abroad: { america } }: DailyKnown): ColumnPair {
  const symbols = beta.america.length;
  return {
    scale: {
      abroad: shared(symbols, america),
      abroad_size: shared(symbols, logSize(america)),
      abroad_fall: shared(symbols, logBeyond(Math.min(0, america), 0.5)),
    },
    centre: { follows_abroad: beta.america.map((follows) => bounded(follows * america, 4)) },
  };
}

/** Columns that only 08:30 has: the evening's and the VIX's. */
function morningColumns({ beta, abroad: { vix }, morning }: DailyKnown): ColumnPair {
  return { scale: morning, centre: { follows_vix: beta.vix.map((follows) => bounded(follows * vix, 4)) } };
}

/** Columns of the opening price, by symbol; the gap is in units of the scale of returns from close to close. */
function gapColumns({ base, whole }: DailyKnown, now: SessionSnapshot): ColumnPair {
  const gap = base.map((price, s) => bounded(Math.log(now.open[s]! / price) / whole[s]!, 12));
  const market = knownMean(gap);
  const beyond = lessMean(gap);
  const size = gap.map(logSize);
  return {
    scale: {
      gap,
      gap_size: size,
      gap_apart_size: beyond.map(logSize),
      gap_beyond_1: gap.map((value) => logBeyond(value, 1)),
      gap_beyond_2: gap.map((value) => logBeyond(value, 2)),
      gap_apart_beyond_1: beyond.map((value) => logBeyond(value, 1)),
      market_gap: shared(gap.length, market),
      market_gap_size: shared(gap.length, logSize(market)),
      market_gap_spread: shared(gap.length, knownMean(size)),
    },
    centre: { gap_apart: beyond.map((value) => bounded(value, 3)) },
  };
}

/**
 * The five columns of the scale from 09:15 on, and the centre's own, by symbol: logarithms in units of the scale of
 * returns from the open to the close.
 */
function pathColumns({ base, within, whole }: DailyKnown, now: SessionSnapshot): ColumnPair {
  const of = (value: (s: number) => number) => within.map((scale, s) => value(s) / scale);
  const move = of((s) => Math.log(now.price[s]! / now.open[s]!)).map((value) => bounded(value, 6));
  const range = of((s) => Math.log(now.high[s]! / now.low[s]!)).map(logSize);
  const gap = base.map((price, s) => logSize(bounded(Math.log(now.open[s]! / price) / whole[s]!, 12)));
  const volatility = of((s) => Math.sqrt(now.variance[s]!)).map(logSize);
  return {
    scale: {
      level: within.map(Math.log),
      range_so_far: range,
      size_of_gap: gap,
      volatility_so_far: volatility,
      market_range_so_far: shared(range.length, knownMean(range)),
    },
    centre: { move_apart: lessMean(move).map((value) => bounded(value, 3)) },
  };
}

/** The row of a forecast within the day, one value a symbol. */
export interface InDayRow extends ColumnPair {
  /** From which the close is forecast: the last traded price; before an ex-day's open less the expected dividend. */
  readonly price: Float64Array;
  readonly previousClose: Float64Array;
  /** Bands of the session's prices. */
  readonly limits: LimitBands;
  /** EWMA scale of returns from the open to the close; before the open, from close to close. */
  readonly ewma: Float64Array;
}

/**
 * Returns what is known of each symbol at one time of the day, from the knowledge before the session and its snapshot.
 * Training, evaluation and forecasts all take their columns from it.
 */
export function inDayRow(horizon: InDayHorizon, known: DailyKnown, now: SessionSnapshot): InDayRow {
  const parts = partsOf(horizon, known, now);
  const beforeOpen = horizon === 'close@08:30';
  return {
    price: beforeOpen ? known.base : now.price,
    previousClose: known.previousClose,
    limits: known.limits,
    ewma: beforeOpen ? known.whole : known.within,
    scale: Object.assign({}, ...parts.map(({ scale }) => scale)),
    centre: Object.assign({}, ...parts.map(({ centre }) => centre)),
  };
}

function partsOf(horizon: InDayHorizon, known: DailyKnown, now: SessionSnapshot): readonly ColumnPair[] {
  const abroad = overnightColumns(known);
  if (horizon === 'close@08:30') return [known, abroad, morningColumns(known)];
  const gap = gapColumns(known, now);
  // The opening price contains America's move; only the size of the move adds to it.
  if (horizon === 'close@open') return [known, { scale: abroad.scale, centre: {} }, gap];
  // The session so far says more of what is left than the days before it.
  const withoutScale = [known, gap].map(({ centre }) => ({ scale: {}, centre }));
  return [...withoutScale, pathColumns(known, now)];
}
