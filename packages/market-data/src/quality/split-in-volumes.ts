import { dayNumber, parseTradeDate } from '@daytrade/market';
import type { SourceRows } from '../provider.ts';
import { timeOrder } from './time-order.ts';

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
 * How daily volumes show that they were scaled by a split, in words; undefined when they do not. Traded volumes are
 * multiples of the lot of 100 shares, and of k lots one time in k. Where the oldest 40 or more all are multiples of k
 * lots, and of many different sizes, the vendor has multiplied them by the ratio of a split. Where k is a multiple of
 * ten, they may have been rounded as well, which rounds all of them: there the newest have to be others.
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

/** Whether most volumes are not multiples of some shares: of traded ones only a few are. */
function areOthers(volumes: readonly number[], shares: number): boolean {
  return 2 * volumes.filter((each) => each % shares !== 0).length > volumes.length;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
