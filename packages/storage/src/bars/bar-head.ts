import { setImmediate as turn } from 'node:timers/promises';
import { readFooter } from '../parquet/read-footer.ts';

/** What the footer of a file of daily bars says of them: how many, and the first and the last day since 1970. */
export interface BarHead {
  readonly bars: number;
  readonly first: number;
  readonly last: number;
}

/** Files whose heads are read before the event loop goes on: some 10 ms. */
const headsAtOnce = 200;

/** As {@link readBarHead}, of many files, in their order, between which the event loop goes on. */
export async function readBarHeads(paths: readonly (string | undefined)[]): Promise<readonly (BarHead | undefined)[]> {
  const heads: (BarHead | undefined)[] = [];
  for (const path of paths) {
    if (heads.length > 0 && heads.length % headsAtOnce === 0) await turn();
    heads.push(path === undefined ? undefined : readBarHead(path));
  }
  return heads;
}

/** The head of a file of daily bars, by whoever it was written; undefined where it does not have it, or is damaged. */
function readBarHead(path: string): BarHead | undefined {
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
