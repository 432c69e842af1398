import { dateOfDayNumber, priceLimitBand } from '@daytrade/market';
import type { SourceRows } from '../provider.ts';
import { isPlausiblePrice, singlePrecision } from './row-rules.ts';
import { sessionIndex } from './session-index.ts';
import { shownRatio, splitRatios } from './split-in-prices.ts';
import { timeOrder } from './time-order.ts';
import { isWithinAnyLimit } from './within-any-limit.ts';

/** Prices of a session. */
interface Bar {
  readonly day: number;
  readonly session: number;
  readonly low: number;
  readonly high: number;
  readonly close: number;
}

/**
 * How daily prices contradict that they were traded at their level, in words; undefined when they do not: a session
 * lies beyond the daily limits around the close before, and within those of a price that a later split divided, and the
 * sessions on both sides go on from there. A bad row is followed by one at the old level.
 */
export function beyondTradedLimits(rows: SourceRows): string | undefined {
  const order = plausibleRows(rows);
  for (let i = 2; i + 1 < order.length; i += 1) {
    // As nearly every row is.
    if (isNear(rows, order[i]!, rows.close[order[i - 1]!]!)) continue;
    const [earlier, before, bar, after] = [i - 2, i - 1, i, i + 1].map((at) => barOf(rows, order[at]!)) as Four;
    // Over sessions without a trade, and after one at a single price, limits may be wider.
    if (bar.session - before.session !== 1 || before.low === before.high) continue;
    if (isWithin(bar, before.close, 1) || !isWithin(before, earlier.close, 1)) continue;
    if (!isWithin(after, bar.close, 1) || isWithin(after, before.close, 1)) continue;
    const ratio = splitRatios.find((each) => isWithin(bar, before.close, each));
    if (ratio === undefined) continue;
    const date = dateOfDayNumber(bar.day);
    return (
      `on ${date} they went further from ${before.close} than the daily limits let a traded price, ` +
      `and no further than one that a split of ${shownRatio(ratio)} divided later`
    );
  }
  return undefined;
}

type Four = [Bar, Bar, Bar, Bar];

/** Rows of sessions with plausible prices, oldest first. */
function plausibleRows({ times, open, high, low, close }: SourceRows): Uint32Array {
  const order = timeOrder(times);
  const plausible = new Uint32Array(order.length);
  let length = 0;
  for (const row of order) {
    const isPlausible =
      isPlausiblePrice(open[row]!) &&
      isPlausiblePrice(high[row]!) &&
      isPlausiblePrice(low[row]!) &&
      isPlausiblePrice(close[row]!);
    if (!isPlausible || sessionIndex(times[row]!) === undefined) continue;
    plausible[length] = row;
    length += 1;
  }
  return plausible.subarray(0, length);
}

function barOf({ times, open, high, low, close }: SourceRows, row: number): Bar {
  const prices = [open[row]!, high[row]!, low[row]!, close[row]!];
  return {
    day: times[row]!,
    session: sessionIndex(times[row]!)!,
    low: Math.min(...prices),
    high: Math.max(...prices),
    close: close[row]!,
  };
}

function isNear({ open, high, low, close }: SourceRows, row: number, before: number): boolean {
  const lowest = Math.min(open[row]!, high[row]!, low[row]!, close[row]!);
  const highest = Math.max(open[row]!, high[row]!, low[row]!, close[row]!);
  return isWithinAnyLimit(before, lowest, highest);
}

/** Whether a bar lies within the daily limits around a close, both times a ratio. */
function isWithin({ low, high }: Bar, close: number, ratio: number): boolean {
  if (ratio === 1 && isWithinAnyLimit(close, low, high)) return true;
  const { lower, upper } = priceLimitBand(close * ratio, 'standard');
  return low * ratio >= lower * (1 - singlePrecision) && high * ratio <= upper * (1 + singlePrecision);
}
