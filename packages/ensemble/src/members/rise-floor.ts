import type { Matrix, RidgeModel } from '@daytrade/learners';
import type { LogReturn } from '@daytrade/series';
import { marketReturn } from './fall-widening.ts';

/** Log returns of the market from which on, and up to which, a rise comes to hold the next session's scale. */
const rises = { from: 0.02, fullAt: 0.03 } as const;

/** How much of the floor holds after a move of the market, 0 to 1; 0 where it is not known. */
function shareOfFloor(move: LogReturn): number {
  return Math.min(1, Math.max(0, (move - rises.from) / (rises.fullAt - rises.from) || 0));
}

/** The logarithm of the factor that a regression of the scale says of a session that is usual in everything. */
export function usualLog({ coefficients, means, intercept }: RidgeModel): number {
  return coefficients.reduce((sum, coefficient, f) => sum + coefficient * means[f]!, intercept);
}

/**
 * By how much the logarithm of each row's factor on the EWMA scale is raised after a rise of the market, so that the
 * scale is no narrower than the EWMA of past returns usually makes it. Rises beyond 3 % come out of crises, and the
 * EWMA, which does not know the sign of a move, covers what follows them; what ordinary days say of calm after gains
 * narrows it (docs/forecasting.md).
 *
 * @param logs the logarithm of the factor by row
 * @param usual see {@link usualLog}
 */
export function raisesAfterRise(
  { names, values, rows: height }: Matrix,
  rows: Int32Array,
  logs: Float64Array,
  usual: number,
): Float64Array {
  const move = names.indexOf(marketReturn) * height;
  return logs.map((log, i) => shareOfFloor(values[move + rows[i]!]!) * Math.max(0, usual - log));
}
