import type { Panel } from '@daytrade/series';
import { type BucketGroup, rangeGroup } from './bucket-group.ts';

/** Bounds of |open - middle| / half-width: above 1 the session opened outside of its interval. */
const bounds = [0.1, 0.25, 0.5, 0.75, 1];

/**
 * How far from the middle of its interval the predicted session opened, in half-widths. What the evening could not
 * know: it shows where the day began with most of the interval used up.
 */
export function gapGroup({ open, close, symbols, dividends }: Panel): BucketGroup {
  return rangeGroup('gap', bounds, ({ t, symbol, low, high }) => {
    const row = t * symbols.length + symbol;
    const next = row + symbols.length;
    const gap = Math.log((open[next]! + (dividends?.paid[next] ?? 0)) / close[row]!);
    return Math.abs(gap - (low + high) / 2) / ((high - low) / 2);
  });
}
