import { readFooter } from '../parquet/read-footer.ts';

/** What the footer of a file of daily bars says of them: how many, and the first and the last day since 1970. */
export interface BarHead {
  readonly bars: number;
  readonly first: number;
  readonly last: number;
}

/** The head of a file of daily bars, by whoever it was written; undefined where it does not have it, or is damaged. */
export function readBarHead(path: string): BarHead | undefined {
  const footer = readFooter(path);
  if (footer === undefined || footer.rows === 0) return undefined;
  const ranges = footer.groups.map((group) => group.find(({ name }) => name === 'date')?.range);
  if (ranges.length === 0) return undefined;
  let [first, last] = [Infinity, -Infinity];
  for (const range of ranges) {
    if (range?.min.length !== 4 || range.max.length !== 4) return undefined;
    first = Math.min(first, Buffer.from(range.min).readInt32LE());
    last = Math.max(last, Buffer.from(range.max).readInt32LE());
  }
  return { bars: footer.rows, first, last };
}
