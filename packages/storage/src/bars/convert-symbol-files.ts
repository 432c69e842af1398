import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BarInterval } from '@daytrade/contracts';
import { type BarConnection, type BarEngine, parquetTable, quote } from './bar-engine.ts';
import { type BarFiles, ending } from './bar-files.ts';
import { barIntervals, valueNames } from './columns.ts';
import type { BarMerges, SetAsideListener } from './merge-bars.ts';
import { layouts, partitionOf } from './partitions.ts';

/** Files that are converted together: some millions of bars. */
const filesAtOnce = 500;
/** Folder of an earlier version with the newest daily bars of many symbols; `1d` and `5m` had a file for each. */
const newestFolder = 'recent';

/** A file of an earlier version, by its name below the folder of the bars: `1d/7203.parquet`. */
interface OldFile {
  readonly name: string;
  readonly path: string;
}

/** Parts of the store that a conversion uses. */
interface Conversion {
  readonly engine: BarEngine;
  readonly files: BarFiles;
  readonly merges: BarMerges;
}

/**
 * Moves the bars of an earlier version, which kept a file for each symbol, into the partitions. The old files go when
 * all their bars are in the new ones, and bars of the new files stay as they are: a conversion that was killed is
 * repeated.
 */
export async function convertSymbolFiles(
  folder: string,
  { engine, files, merges }: Conversion,
  onSetAside: SetAsideListener,
): Promise<void> {
  // Newest bars come after the files of the symbols, which count if both have a day.
  for (const source of [...barIntervals, newestFolder] as const) {
    const names = (await readdir(join(folder, source)).catch(() => [])).filter((name) => name.endsWith(ending)).sort();
    const old = names.map((name): OldFile => ({ name: `${source}/${name}`, path: join(folder, source, name) }));
    const interval = source === newestFolder ? '1d' : source;
    for (let from = 0; from < old.length; from += filesAtOnce) {
      const some = old.slice(from, from + filesAtOnce);
      await engine.use(async (connection) => {
        const sound = await readableOf(connection, files, some, onSetAside);
        if (sound.length === 0) return;
        const partitions = await putOldBars(connection, interval, sound, source === newestFolder);
        await merges.mergeArrivals(connection, { interval, partitions, onlyNew: true });
      });
      for (const { path } of some) await rm(path, { force: true });
    }
  }
}

/** Makes the table `arrivals` of a connection, and returns the partitions of its bars. */
async function putOldBars(
  { rows }: BarConnection,
  interval: BarInterval,
  files: readonly OldFile[],
  isOfMany: boolean,
): Promise<readonly string[]> {
  const { column, toNumber } = layouts[interval];
  const bySymbol = files.map(({ name, path }) => {
    const symbol = isOfMany ? 'symbol' : quote(name.slice(interval.length + 1, -ending.length));
    return { symbol, path };
  });
  await rows('DROP VIEW IF EXISTS arrivals');
  await rows('DROP TABLE IF EXISTS arrivals_of_files');
  const names = [column, ...valueNames].join(', ');
  await rows(
    `CREATE TEMP TABLE arrivals_of_files (symbol VARCHAR, ${column} ${interval === '1d' ? 'DATE' : 'TIMESTAMP'}, ` +
      `${valueNames.map((name) => `${name} DOUBLE`).join(', ')}, source VARCHAR, fetched_at TIMESTAMP)`,
  );
  for (const { symbol, path } of bySymbol) {
    const schema = await rows(`SELECT 1 FROM parquet_schema(${quote(path)}) WHERE name = 'fetched_at'`);
    const origin = schema.length > 0 ? 'source, fetched_at' : 'NULL, NULL';
    await rows(`INSERT INTO arrivals_of_files SELECT ${symbol}, ${names}, ${origin} FROM ${parquetTable([path])}`);
  }
  await rows('CREATE TEMP VIEW arrivals AS SELECT *, false AS restated FROM arrivals_of_files');
  const found = await rows(`SELECT DISTINCT ${toNumber(column)} FROM arrivals_of_files`);
  return [...new Set(found.map(([value]) => partitionOf(interval, Number(value))))].sort();
}

/** Sets damaged files aside, and returns the others. */
async function readableOf(
  { rows }: BarConnection,
  files: BarFiles,
  some: readonly OldFile[],
  onSetAside: SetAsideListener,
): Promise<readonly OldFile[]> {
  const readable: OldFile[] = [];
  for (const file of some) {
    try {
      await rows(`SELECT sum(hash(COLUMNS(*))) FROM ${parquetTable([file.path])}`);
      readable.push(file);
    } catch (error) {
      const kept = await files.keepDamaged(file.path, file.name.replace('/', '-'));
      onSetAside(
        `the bars in ${file.name} were damaged (${(error as Error).message.split('\n')[0]}) and are set aside as ` +
          `${kept}; daytrade data check names what is missing, daytrade fetch --repair asks for it again`,
      );
    }
  }
  return readable;
}
