import { dayNumber, parseTradeDate } from '@daytrade/market';
import type { SourceRows } from '../provider.ts';
import { timeOrder } from './time-order.ts';

const lot = 100;
/** From this day on every domestic share is traded in lots of 100. */
const oneLotSince = dayNumber(parseTradeDate('2018-10-01'));
/** Oldest rows that are asked: before the last split all are scaled by the same ratio. */
const rowsAsked = 120;
const fewestRows = 40;
/** Different volumes among them that show a ratio: few may share a divisor by chance, and a single one always does. */
const fewestVolumes = 20;
/** Lots that shares had before, in hundreds: a ratio of a split cannot be told from them. */
const olderLots = new Set([1, 5, 10, 20, 30]);

/**
 * How daily volumes show that they were scaled by a split, in words; undefined when they do not. Traded volumes are
 * multiples of the lot of 100 shares, and of k lots one time in k. Where the oldest 40 or more all are multiples of k
 * lots, and of many different sizes, the vendor has multiplied them by the ratio of a split.
 */
export function splitInVolumes({ times, volume }: SourceRows): string | undefined {
  const order = timeOrder(times);
  return (
    scaling(oldestTraded(order, times, volume, Number.NEGATIVE_INFINITY), (ratio) => !olderLots.has(ratio)) ??
    scaling(oldestTraded(order, times, volume, oneLotSince), (ratio) => ratio > 1)
  );
}

/** The oldest volumes from a day on of those that are none of 0. */
function oldestTraded(order: Uint32Array, times: Float64Array, volume: Float64Array, from: number): readonly number[] {
  const oldest: number[] = [];
  for (let i = 0; i < order.length && oldest.length < rowsAsked; i += 1) {
    const row = order[i]!;
    if (volume[row]! > 0 && times[row]! >= from) oldest.push(volume[row]!);
  }
  return oldest;
}

function scaling(oldest: readonly number[], isSplit: (ratio: number) => boolean): string | undefined {
  if (oldest.length < fewestRows || new Set(oldest).size < fewestVolumes) return undefined;
  if (!oldest.every((each) => Number.isInteger(each / lot))) return undefined;
  const ratio = oldest.reduce(greatestCommonDivisor) / lot;
  if (!isSplit(ratio)) return undefined;
  return (
    `the volumes of ${oldest.length} of the oldest rows are all multiples of ${ratio * lot} shares, as ` +
    `a split of 1 to ${ratio} leaves them`
  );
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
