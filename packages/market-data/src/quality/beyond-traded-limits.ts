import { dateOfDayNumber, priceLimitBand } from '@daytrade/market';
import type { SourceRows } from '../provider.ts';
import { isPlausiblePrice, singlePrecision } from './row-rules.ts';
import { sessionIndex } from './session-index.ts';
import { shownRatio, splitRatios } from './split-in-prices.ts';
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
  const bars = barsOf(rows);
  for (let i = 2; i + 1 < bars.length; i += 1) {
    const [earlier, before, bar, after] = [bars[i - 2]!, bars[i - 1]!, bars[i]!, bars[i + 1]!];
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

function barsOf({ times, open, high, low, close }: SourceRows): readonly Bar[] {
  const order = Array.from(times.keys()).sort((a, b) => times[a]! - times[b]!);
  return order.flatMap((row) => {
    const session = sessionIndex(times[row]!);
    const prices = [open[row]!, high[row]!, low[row]!, close[row]!];
    if (session === undefined || !prices.every(isPlausiblePrice)) return [];
    return { day: times[row]!, session, low: Math.min(...prices), high: Math.max(...prices), close: close[row]! };
  });
}

/** Whether a bar lies within the daily limits around a close, both times a ratio. */
function isWithin({ low, high }: Bar, close: number, ratio: number): boolean {
  if (ratio === 1 && isWithinAnyLimit(close, low, high)) return true;
  const { lower, upper } = priceLimitBand(close * ratio, 'standard');
  return low * ratio >= lower * (1 - singlePrecision) && high * ratio <= upper * (1 + singlePrecision);
}
