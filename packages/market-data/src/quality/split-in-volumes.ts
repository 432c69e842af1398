import { dayNumber, parseTradeDate } from '@daytrade/market';
import type { SourceRows } from '../provider.ts';

const lot = 100;
/** From this day on every domestic share is traded in lots of 100. */
const oneLotSince = dayNumber(parseTradeDate('2018-10-01'));
/** Oldest rows that are asked: before the last split all are scaled by the same ratio. */
const rowsAsked = 120;
const fewestRows = 40;
/** Lots that shares had before, in hundreds: a ratio of a split cannot be told from them. */
const olderLots = new Set([1, 5, 10, 20, 30]);

/**
 * How daily volumes show that they were scaled by a split, in words; undefined when they do not. Traded volumes are
 * multiples of the lot of 100 shares, and of k lots one time in k. Where the oldest 40 or more all are multiples of k
 * lots, the vendor has multiplied them by the ratio of a split.
 */
export function splitInVolumes({ times, volume }: SourceRows): string | undefined {
  const order = Array.from(times.keys()).sort((a, b) => times[a]! - times[b]!);
  const traded = order.filter((row) => volume[row]! > 0);
  return (
    scaling(volume, traded, (ratio) => !olderLots.has(ratio)) ??
    scaling(
      volume,
      traded.filter((row) => times[row]! >= oneLotSince),
      (ratio) => ratio > 1,
    )
  );
}

function scaling(
  volume: Float64Array,
  rows: readonly number[],
  isSplit: (ratio: number) => boolean,
): string | undefined {
  const oldest = rows.slice(0, rowsAsked).map((row) => volume[row]!);
  if (oldest.length < fewestRows || !oldest.every((each) => Number.isInteger(each / lot))) return undefined;
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
