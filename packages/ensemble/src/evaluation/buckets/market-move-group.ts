import type { SessionIndex } from '@daytrade/series';
import type { Outcomes } from '../../dataset.ts';
import { type BucketGroup, rangeGroup } from './bucket-group.ts';

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
  const returns = label.subarray(Math.max(0, t - 1) * symbols, t * symbols).filter(Number.isFinite);
  return returns.reduce((sum, value) => sum + value, 0) / returns.length;
}
