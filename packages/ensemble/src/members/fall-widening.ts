import type { Matrix } from '@daytrade/learners';
import type { LogReturn } from '@daytrade/series';

/** The log return of the market below which the next session's scale is widened. */
const firstFall = -0.02;

/** How fast the logarithm of the widening grows with the fall, and the largest widening. */
const slope = 20;
const mostWidening = 1.5;

/** The feature that says how the market moved in the newest session. */
export const marketReturn = 'market_return_1';

/**
 * Factor on the scale after a move of the market: 1 down to a fall of 2 %, 1.22 at 3 %, 1.5 from 4 % on. What follows a
 * large fall has heavier tails than a scale that was fitted to the mean size of moves says, and years without one teach
 * it nothing (docs/decisions/0050).
 */
export function fallWidening(move: LogReturn): number {
  return Math.min(mostWidening, Math.exp(slope * Math.max(0, firstFall - move)));
}

/** The widening of each row; 1 where the move of the market is not known. */
export function fallWidenings({ names, values, rows: height }: Matrix, rows: Int32Array): Float64Array {
  const column = names.indexOf(marketReturn);
  return Float64Array.from(rows, (row) => {
    const move = column < 0 ? NaN : values[column * height + row]!;
    return Number.isNaN(move) ? 1 : fallWidening(move);
  });
}
