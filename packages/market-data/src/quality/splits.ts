import {
  dateOfDayNumber,
  dayNumber,
  parseTradeDate,
  priceLimitBand,
  runsAfter,
  runsFrom,
  sessionLimits,
  type TickTable,
} from '@daytrade/market';
import type { SourceRows } from '../provider.ts';
import { isPlausiblePrice, isWithinAnyLimit, singlePrecision } from './row-rules.ts';
import { dayOfSession, sessionIndex, timeOrder } from './session-index.ts';

/** New shares for one old share in the splits that the exchange sees. */
export const splitRatios = [2, 3, 4, 5, 10, 1.5, 1.2, 1.1, 1.3, 6, 7, 8, 9, 15, 20, 25, 30, 50, 100] as const;

/** Rows on either side of a step that show whether it lasts. */
const rowsBeside = 5;
/** Over more days a price may come to any other. */
const longestGapDays = 12;
/** Largest move of a price in addition to the split. */
const tolerance = 0.15;

/** True for a ratio, or one over it, of a split of 1.5 or more: less is within what a price may move by in a day. */
export function isSplitRatio(ratio: number, within = 0.02): boolean {
  return splitRatios.some((each) => each >= 1.5 && (near(ratio, each, within) || near(ratio, 1 / each, within)));
}

/** A ratio as it is announced: 1 to 5, or 5 to 1 for shares that were joined. */
export function shownRatio(ratio: number): string {
  const rounded = (value: number) => String(Math.round(value * 10) / 10);
  return ratio >= 1 ? `1 to ${rounded(ratio)}` : `${rounded(1 / ratio)} to 1`;
}

/**
 * Describes a lasting step in daily prices beyond the daily limits, by the ratio of a split; undefined without one.
 * Adjusted prices have no such step.
 */
export function splitInPrices({ times, open, close, master }: SourceRows): string | undefined {
  const order = timeOrder(times);
  for (let i = rowsBeside; i + rowsBeside <= order.length; i += 1) {
    const before = close[order[i - 1]!]!;
    const after = open[order[i]!]!;
    if (!(before > 0) || !(after > 0)) continue;
    const ratio = before / after;
    if (ratio < 1.4 && ratio > 0.7) continue;
    const isNext = times[order[i]!]! - times[order[i - 1]!]! <= longestGapDays;
    if (!isNext || !isSplitRatio(ratio, tolerance)) continue;
    if (!lasts(order, i, close, after) || !lasts(order, i - rowsBeside, close, before)) continue;
    if (isWithinLimits(before, after, times[order[i - 1]!]!, times[order[i]!]!, master.tickTable)) continue;
    return `they step by a split of ${shownRatio(ratio)}, which adjusted prices do not`;
  }
  return undefined;
}

/** Returns true where a price may follow a close by the limits of the exchange, also over sessions without a trade. */
function isWithinLimits(close: number, price: number, from: number, to: number, table: TickTable): boolean {
  const [first, last] = [sessionIndex(from), sessionIndex(to)];
  if (first === undefined || last === undefined) return false;
  let runs = runsFrom(close);
  for (let session = first + 1; session < last; session += 1) {
    runs = runsAfter(runs, dayOfSession(session), undefined, table);
  }
  const { lower, upper } = sessionLimits(runs, to, table);
  return price >= lower && price <= upper;
}

/** Returns true where five rows from one on stay near a level. */
function lasts(order: Uint32Array, from: number, close: Float64Array, level: number): boolean {
  return order.slice(from, from + rowsBeside).every((row) => near(close[row]! / level, 1, 0.35));
}

function near(value: number, target: number, within: number): boolean {
  return Math.abs(value / target - 1) <= within;
}

const lot = 100;
/** From this day on every domestic share is traded in lots of 100. */
const oneLotSince = dayNumber(parseTradeDate('2018-10-01'));
/** Rows at either end that are asked: before the last split all are scaled by the same ratio, after it none is. */
const rowsAsked = 120;
const fewestRows = 40;
/** Different volumes among them that show a ratio: few may share a divisor by chance, and a single one always does. */
const fewestVolumes = 20;
/** Volumes in round thousands are multiples of ten lots, as a split of 1 to 10 leaves them. */
const roundLots = 10;
/** Lots that shares had before, in hundreds: a ratio of a split cannot be told from them. */
const olderLots = new Set([1, 5, 10, 20, 30]);

/**
 * Describes evidence that daily volumes were scaled by a split; undefined without any. Traded volumes are multiples of
 * the lot of 100 shares, and of k lots one time in k. If the 40 or more oldest all are multiples of k lots, in many
 * sizes, the vendor multiplied them by the ratio of a split. A multiple of ten may also come from rounding, which
 * affects all rows; then the newest must differ.
 */
export function splitInVolumes({ times, volume }: SourceRows): string | undefined {
  const order = timeOrder(times);
  const newest = firstTraded(order.toReversed(), times, volume, Number.NEGATIVE_INFINITY);
  const oldestFrom = (from: number) => firstTraded(order, times, volume, from);
  return (
    scaling(oldestFrom(Number.NEGATIVE_INFINITY), newest, (ratio) => !olderLots.has(ratio)) ??
    scaling(oldestFrom(oneLotSince), newest, (ratio) => ratio > 1)
  );
}

/** The first volumes in an order, of those from a day on that are none of 0. */
function firstTraded(order: Uint32Array, times: Float64Array, volume: Float64Array, from: number): readonly number[] {
  const first: number[] = [];
  for (let i = 0; i < order.length && first.length < rowsAsked; i += 1) {
    const row = order[i]!;
    if (volume[row]! > 0 && times[row]! >= from) first.push(volume[row]!);
  }
  return first;
}

function scaling(
  oldest: readonly number[],
  newest: readonly number[],
  isSplit: (ratio: number) => boolean,
): string | undefined {
  if (oldest.length < fewestRows || new Set(oldest).size < fewestVolumes) return undefined;
  if (!oldest.every((each) => Number.isInteger(each / lot))) return undefined;
  const ratio = oldest.reduce(greatestCommonDivisor) / lot;
  if (!isSplit(ratio)) return undefined;
  if (ratio % roundLots === 0 && !areOthers(newest, ratio * lot)) return undefined;
  return (
    `the volumes of ${oldest.length} of the oldest rows are all multiples of ${ratio * lot} shares, as ` +
    `a split of 1 to ${ratio} leaves them`
  );
}

/** Returns true where most volumes are not multiples of a number of shares. */
function areOthers(volumes: readonly number[], shares: number): boolean {
  return 2 * volumes.filter((each) => each % shares !== 0).length > volumes.length;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Prices of a session. */
interface Bar {
  readonly day: number;
  readonly session: number;
  readonly low: number;
  readonly high: number;
  readonly close: number;
}

/**
 * Explains why daily prices cannot be as traded; undefined where they can. The evidence is a session beyond the daily
 * limits around the close before, yet within those of a price that a later split divided, while its neighbours continue
 * the levels. After a bad row, prices return to the old level instead.
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

/** Returns true for a bar within the daily limits around a close, both times a ratio. */
function isWithin({ low, high }: Bar, close: number, ratio: number): boolean {
  if (ratio === 1 && isWithinAnyLimit(close, low, high)) return true;
  const { lower, upper } = priceLimitBand(close * ratio, 'standard');
  return low * ratio >= lower * (1 - singlePrecision) && high * ratio <= upper * (1 + singlePrecision);
}
