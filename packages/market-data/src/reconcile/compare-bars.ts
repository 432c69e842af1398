import { dateOfDayNumber, type TradeDate } from '@daytrade/market';
import type { BarColumns } from '@daytrade/series';
import { alignBars } from './align-bars.ts';
import type { BarDifference } from './bar-difference.ts';
import { oneSidedDifferences, priceDifferences, stepDifferences, volumeDifferences } from './find-differences.ts';
import { levelsOf, medianOf } from './price-levels.ts';

/** How two sources of a symbol compare. */
export interface BarComparison {
  /** Days with a bar in both, and the first and last of them. */
  readonly days: number;
  readonly from: TradeDate | null;
  readonly to: TradeDate | null;
  /** Relative difference up to which two prices are equal. */
  readonly tolerance: number;
  /** By day. */
  readonly differences: readonly BarDifference[];
}

const smallestTolerance = 5e-4;
const largestTolerance = 2e-3;
/** Multiple of the usual change of the factor from day to day, which rounding makes. */
const scatterMultiple = 10;

/**
 * Compares the daily bars of two sources over the days that both cover.
 *
 * Sources that adjust differently differ by a factor on every day, which changes only where one adjusts and the other
 * does not: on ex-dividend days and at splits. So the factor is followed, its steps are differences of their own, and
 * each bar is compared after scaling by the factor of its days.
 *
 * @param tolerance relative; default: measured for the symbol, ten times the median change of the factor from day to
 * day, from 0.05 % to 0.2 %
 */
export function compareBars(stored: BarColumns, other: BarColumns, tolerance?: number): BarComparison {
  const aligned = alignBars(stored, other);
  const ratios = Float64Array.from(aligned.rows, (row) =>
    Math.log(other.close[row.other]! / stored.close[row.stored]!),
  );
  const within = tolerance ?? measuredTolerance(ratios);
  const { levels, steps } = levelsOf(ratios, within);
  const differences = [
    ...stepDifferences(aligned, steps),
    ...priceDifferences(aligned, levels, within),
    ...volumeDifferences(aligned, steps),
    ...oneSidedDifferences(aligned),
  ].sort((one, another) => (one.date < another.date ? -1 : Number(one.date > another.date)));
  const dateOf = (row: (typeof aligned.rows)[number] | undefined) =>
    row === undefined ? null : dateOfDayNumber(stored.days[row.stored]!);
  return {
    days: aligned.rows.length,
    from: dateOf(aligned.rows[0]),
    to: dateOf(aligned.rows.at(-1)),
    tolerance: within,
    differences,
  };
}

function measuredTolerance(ratios: Float64Array): number {
  const changes = ratios.subarray(1).map((ratio, row) => Math.abs(ratio - ratios[row]!));
  return Math.min(largestTolerance, Math.max(smallestTolerance, scatterMultiple * medianOf(changes)));
}
