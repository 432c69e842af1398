import { sharpeOf } from './sharpe.ts';

/** Blocks of days: 12,870 ways to halve them. */
const blocks = 16;

/**
 * Returns the probability of backtest overfitting by combinatorially symmetric cross-validation: the share of halvings
 * of the days in which the best set of one half is below the median in the other half (Bailey, Borwein, Lopez de Prado
 * & Zhu 2017). It is 0.5 for sets that differ by luck alone, null with fewer than two sets or 32 days.
 *
 * @param returns daily returns of each parameter set, of the same days
 */
export function overfittingProbability(returns: readonly Float64Array[]): number | null {
  const days = returns[0]?.length ?? 0;
  if (returns.length < 2 || days < 2 * blocks) return null;
  const sums = returns.map((own) => blockSums(own));
  let [halvings, lost] = [0, 0];
  for (let mask = 0; mask < 2 ** blocks; mask += 1) {
    if (bitCount(mask) !== blocks / 2) continue;
    halvings += 1;
    const inside = sums.map((own) => own.sharpe(mask));
    const outside = sums.map((own) => own.sharpe(~mask));
    lost += shareBelowMedian(outside, inside.indexOf(Math.max(...inside)));
  }
  return lost / halvings;
}

/** Returns 1 for a set below the median, 0 above it, a half at it; equal sets count half each. */
function shareBelowMedian(ratios: readonly number[], place: number): number {
  const own = ratios[place]!;
  let rank = 0.5;
  for (const [i, ratio] of ratios.entries()) if (i !== place) rank += ratio < own ? 1 : ratio === own ? 0.5 : 0;
  return (1 + Math.sign(ratios.length / 2 - rank)) / 2;
}

function bitCount(mask: number): number {
  let count = 0;
  for (let left = mask; left > 0; left &= left - 1) count += 1;
  return count;
}

/** Sums up each block, so that the ratio of any half follows from the sums. */
function blockSums(returns: Float64Array) {
  const [sum, squares, counts] = [new Float64Array(blocks), new Float64Array(blocks), new Float64Array(blocks)];
  for (const [day, value] of returns.entries()) {
    const block = Math.floor((day * blocks) / returns.length);
    sum[block]! += value;
    squares[block]! += value * value;
    counts[block]! += 1;
  }
  const total = (column: Float64Array, mask: number) => {
    let all = 0;
    for (let block = 0; block < blocks; block += 1) if ((mask >>> block) & 1) all += column[block]!;
    return all;
  };
  return { sharpe: (mask: number) => sharpeOf(total(sum, mask), total(squares, mask), total(counts, mask)) };
}
