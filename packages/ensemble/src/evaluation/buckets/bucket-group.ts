import type { SessionIndex } from '@daytrade/series';

/** A judged symbol-day as it is sorted into buckets. Log returns from the close that the forecast knew last. */
export interface SortedRow {
  /** The session at whose close the forecast was made; the next one was predicted. */
  readonly t: SessionIndex;
  readonly symbol: number;
  /** The published interval. */
  readonly low: number;
  readonly high: number;
}

/** One way to sort judged symbol-days, so that a promise that holds on average is seen where it does not. */
export interface BucketGroup {
  readonly name: string;
  /** Names of its buckets, in the order in which they are shown. */
  readonly buckets: readonly string[];
  /** The place of a row's bucket; undefined where it is not known. */
  readonly placeOf: (row: SortedRow) => number | undefined;
}

/**
 * A group of the ranges between some bounds: `<= 0.1`, `0.1 .. 0.25`, `> 0.25`. A value on a bound belongs to the range
 * below it.
 *
 * @param bounds rising
 * @param measure NaN where it is not known
 * @param inWords how a bound is written
 */
export function rangeGroup(
  name: string,
  bounds: readonly number[],
  measure: (row: SortedRow) => number,
  inWords: (bound: number) => string = String,
): BucketGroup {
  const words = bounds.map(inWords);
  const between = words.slice(1).map((word, i) => `${words[i]} .. ${word}`);
  return {
    name,
    buckets: [`<= ${words[0]}`, ...between, `> ${words.at(-1)}`],
    placeOf: (row) => {
      const value = measure(row);
      if (Number.isNaN(value)) return undefined;
      const place = bounds.findIndex((bound) => value <= bound);
      return place < 0 ? bounds.length : place;
    },
  };
}
