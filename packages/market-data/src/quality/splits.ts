import { dayNumber, parseTradeDate } from '@daytrade/market';
import type { SourceRows } from '../provider.ts';
import { timeOrder } from './session-index.ts';

/** New shares for one old share in the splits that the exchange sees. */
export const splitRatios = [2, 3, 4, 5, 10, 1.5, 1.2, 1.1, 1.3, 6, 7, 8, 9, 15, 20, 25, 30, 50, 100] as const;

/** True for a ratio, or one over it, of a split of 1.5 or more: less is within what a price may move by in a day. */
export function isSplitRatio(ratio: number, within = 0.02): boolean {
  return splitRatios.some((each) => each >= 1.5 && (near(ratio, each, within) || near(ratio, 1 / each, within)));
}

/** A ratio as it is announced: 1 to 5, or 5 to 1 for shares that were joined. */
export function shownRatio(ratio: number): string {
  const rounded = (value: number) => String(Math.round(value * 10) / 10);
  return ratio >= 1 ? `1 to ${rounded(ratio)}` : `${rounded(1 / ratio)} to 1`;
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
