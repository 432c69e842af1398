import type { SourceRows } from '../provider.ts';
import type { JudgedBasis } from './price-basis.ts';
import { isSplitRatio, shownRatio } from './split-in-prices.ts';

/** Differences between two closes that come from rounding. */
const rounding = 1e-3;

/**
 * What the prices are beside a column of adjusted closes. Where the ratio of the two closes steps by that of a split
 * and the close steps with it, the close was not adjusted: the prices are those that were traded. Where the two differ
 * only by less, the column adds dividends back and the close is adjusted for splits. Where they are equal on every row,
 * nothing was adjusted within the file: its prices may be any.
 *
 * @returns undefined without such a column
 */
export function basisByAdjustedClose({ adjustedClose, close, times }: SourceRows): JudgedBasis | undefined {
  if (adjustedClose === undefined) return undefined;
  const order = Array.from(times.keys()).sort((a, b) => times[a]! - times[b]!);
  let differs = false;
  let before: { readonly factor: number; readonly close: number } | undefined;
  for (const row of order) {
    const factor = adjustedClose[row]! / close[row]!;
    if (!(factor > 0) || !Number.isFinite(factor)) continue;
    differs ||= Math.abs(factor - 1) > rounding;
    const step = before === undefined ? 1 : factor / before.factor;
    if (before !== undefined && isSplitRatio(step) && isSplitRatio(before.close / close[row]!, 0.3)) {
      const reason = `beside an adjusted close that takes back a split of ${shownRatio(step)}, the close does not`;
      return { basis: 'traded', known: true, reason };
    }
    before = { factor, close: close[row]! };
  }
  if (differs) {
    const reason = 'the adjusted close differs from the close by dividends, and by no split';
    return { basis: 'split-adjusted', known: true, reason };
  }
  const reason =
    'the adjusted close equals the close on every row, so nothing was adjusted within the file; they ' +
    'are taken as split-adjusted, and --basis says otherwise';
  return { basis: 'split-adjusted', known: false, reason };
}
