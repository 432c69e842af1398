import type { BarInterval } from '@daytrade/contracts';
import { type BarConnection, type BarEngine, parquetTable, quote } from './bar-engine.ts';
import { type BarFiles, ending, type SymbolFile } from './bar-files.ts';
import { barIntervals, valueNames } from './columns.ts';
import type { BarMerges, SetAsideListener } from './merge-bars.ts';
import { layouts, partitionOf } from './partitions.ts';

/** Files that are converted together: some millions of bars. */
const filesAtOnce = 500;
const newestFile = `recent/1d${ending}`;

/** Parts of the store that a conversion uses. */
export interface Conversion {
  readonly engine: BarEngine;
  readonly files: BarFiles;
  readonly merges: BarMerges;
  readonly onSetAside: SetAsideListener;
}

/**
 * Moves the bars of an earlier version, which kept a file for each symbol, into the partitions. The old files go when
 * all their bars are in the new ones, and bars of the new files stay as they are: a conversion that was killed is
 * repeated.
 */
export async function convertSymbolFiles({ engine, files, merges, onSetAside }: Conversion): Promise<void> {
  const names = await files.symbolFiles();
  if (names.length === 0) return;
  await engine.use(async (connection) => {
    const convert = async (interval: BarInterval, some: readonly string[], isOfMany = false) => {
      const fetched = await files.fetchSymbolFiles(some);
      const sound = await readableOf(connection, files, fetched, onSetAside);
      if (sound.length === 0) return;
      const partitions = await putOldBars(connection, interval, sound, isOfMany);
      await merges.mergeArrivals(connection, { interval, partitions, onlyNew: true });
    };
    for (const interval of barIntervals) {
      const ofInterval = names.filter((name) => name.startsWith(`${interval}/`)).sort();
      for (let from = 0; from < ofInterval.length; from += filesAtOnce) {
        await convert(interval, ofInterval.slice(from, from + filesAtOnce));
      }
    }
    // Newest bars come after the files of the symbols, which count if both have a day.
    await convert(
      '1d',
      names.filter((name) => name === newestFile),
      true,
    );
  });
  await files.removeSymbolFiles(names);
}

/** Makes the table `arrivals` of a connection, and returns the partitions of its bars. */
async function putOldBars(
  { rows }: BarConnection,
  interval: BarInterval,
  files: readonly SymbolFile[],
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
  some: readonly SymbolFile[],
  onSetAside: SetAsideListener,
): Promise<readonly SymbolFile[]> {
  const readable: SymbolFile[] = [];
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
