import type { SessionSnapshot } from '@daytrade/series';
import { knownMean, lessMean } from '../members/session-values.ts';
import { bounded, logBeyond, logSize, type SessionColumns, shared } from './column-set.ts';
import type { DailyKnown } from './daily-known.ts';

/** Columns of the scale and of the centre. */
export interface ColumnPair {
  readonly scale: SessionColumns;
  readonly centre: SessionColumns;
}

/** What the night's return in America says, in units of its scale; NaN where it is not known. */
export function overnightColumns({ beta, abroad: { america } }: DailyKnown): ColumnPair {
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

/** What only 08:30 takes: what the evening before knew, and the VIX. */
export function morningColumns({ beta, abroad: { vix }, morning }: DailyKnown): ColumnPair {
  return { scale: morning, centre: { follows_vix: beta.vix.map((follows) => bounded(follows * vix, 4)) } };
}

/** What the opening price says, by symbol; the gap is in units of the scale of returns from close to close. */
export function gapColumns({ base, whole }: DailyKnown, now: SessionSnapshot): ColumnPair {
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
export function pathColumns({ base, within, whole }: DailyKnown, now: SessionSnapshot): ColumnPair {
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
