import type { BarColumns } from '@daytrade/series';
import type { BarConnection } from './bar-engine.ts';
import type { PartitionFile } from './bar-files.ts';
import { type BarReader, everything, identities } from './bar-reader.ts';
import { dailyBars } from './columns.ts';
import { partitionOf } from './partitions.ts';
import { digestBars, readBars } from './read-bars.ts';

/** A fingerprint of daily bars already read, to read only later ones as long as they are still the same. */
export interface BarsPast {
  readonly last: number;
  /** Versions of the files of years before that day. */
  readonly earlierFiles: string;
  /** Digest of the bars of its year, up to that day. */
  readonly digest: string;
}

/** Daily bars after those of a past, in the order of the symbols. */
export interface BarsSince {
  readonly bars: readonly BarColumns[];
  /** Undefined as long as there are no bars. */
  readonly past: BarsPast | undefined;
}

export async function readSince(
  reader: BarReader,
  symbols: readonly string[],
  past: BarsPast | undefined,
): Promise<BarsSince | undefined> {
  return await reader.query({ interval: '1d', range: everything }, async (connection, files) => {
    if (past !== undefined) {
      const now = await pastOf(connection, symbols, files, past.last);
      if (now.earlierFiles !== past.earlierFiles || now.digest !== past.digest) return undefined;
    }
    const first = past === undefined ? -Infinity : past.last + 1;
    const later = files.filter(({ partition }) => past === undefined || partition >= partitionOf('1d', past.last));
    const paths = later.map(({ path }) => path);
    const found = await readBars(connection, { interval: '1d', paths, symbols, range: { from: first, to: Infinity } });
    const last = found.reduce((day, { columns }) => Math.max(day, columns.axis.at(-1) ?? day), past?.last ?? -Infinity);
    const next = last === past?.last ? past : await pastOf(connection, symbols, files, last);
    return { bars: found.map(({ columns }) => dailyBars(columns)), past: last === -Infinity ? undefined : next };
  });
}

async function pastOf(
  connection: BarConnection,
  symbols: readonly string[],
  files: readonly PartitionFile[],
  last: number,
): Promise<BarsPast> {
  if (last === -Infinity) return { last, earlierFiles: '', digest: '' };
  const year = partitionOf('1d', last);
  const paths = files.filter(({ partition }) => partition === year).map(({ path }) => path);
  const range = { from: -Infinity, to: last };
  return {
    last,
    earlierFiles: await identities(files.filter(({ partition }) => partition < year)),
    digest: await digestBars(connection, { interval: '1d', paths, symbols, range }),
  };
}
