import { readFile, rm } from 'node:fs/promises';
import type { BarInterval } from '@daytrade/contracts';
import { type BarConnection, parquetTable, quote } from './bar-engine.ts';
import { type Columns, valueNames } from './columns.ts';
import { checksumOption, sealFile } from './file-checksum.ts';
import { layouts, partitionRange } from './partitions.ts';
import { withinRange } from './read-bars.ts';

/** Small groups of rows let a reader find one symbol of thousands. */
const rowGroup = 16_384;
/** Rows of one data chunk of DuckDB. */
const chunkRows = 2048;

/** Source and time of arriving bars, in the columns of the files. */
export interface Provenance {
  readonly source: string;
  /** Start of the fetch, milliseconds since 1970 UTC. */
  readonly fetchedAt: number;
}

export interface Arrivals {
  readonly symbol: string;
  readonly columns: Columns;
  /** Stored bars in the prices of after a split, which keep their origins. */
  readonly isRestated: boolean;
}

/** Makes the table `arrivals` of a connection: bars of several symbols, in the columns of a file. */
export async function putArrivals(
  { duckdb, connection, rows }: BarConnection,
  interval: BarInterval,
  arrivals: readonly Arrivals[],
  provenance: Provenance | undefined,
): Promise<void> {
  const names = ['axis', ...valueNames] as const;
  const numbers = names.map((name) => `${name} DOUBLE`).join(', ');
  await rows(`CREATE TEMP TABLE appended (symbol VARCHAR, ${numbers}, restated BOOLEAN)`);
  const types = [duckdb.VARCHAR, ...names.map(() => duckdb.DOUBLE), duckdb.BOOLEAN];
  const appender = await connection.createAppender('appended');
  for (const { symbol, columns, isRestated } of arrivals) {
    for (let from = 0; from < columns.axis.length; from += chunkRows) {
      const values = names.map((name) => Array.from(columns[name].subarray(from, from + chunkRows)));
      const { length } = values[0]!;
      const chunk = duckdb.DuckDBDataChunk.create(types);
      chunk.setColumns([Array(length).fill(symbol), ...values, Array(length).fill(isRestated)]);
      appender.appendDataChunk(chunk);
    }
  }
  appender.closeSync();
  const { column, fromNumber } = layouts[interval];
  const source = provenance === undefined ? 'NULL' : quote(provenance.source);
  const fetchedAt = provenance === undefined ? 'NULL' : `epoch_ms(${provenance.fetchedAt}::BIGINT)`;
  await rows(
    `CREATE TEMP VIEW arrivals AS SELECT symbol, ${fromNumber('axis')} AS ${column}, ${valueNames.join(', ')}, ` +
      `${source}::VARCHAR AS source, ${fetchedAt}::TIMESTAMP AS fetched_at, restated FROM appended`,
  );
}

export interface PartitionCounts {
  readonly added: number;
  readonly changed: number;
  readonly restated: number;
}

/**
 * Makes the table `changes` of a connection: those `arrivals` of a partition that are new or differ from its bars.
 *
 * @param current path of the partition; undefined for a new one
 */
export async function findChanges(
  { rows }: BarConnection,
  interval: BarInterval,
  {
    partition,
    current,
  }: {
    readonly partition: string;
    readonly current: string | undefined;
  },
): Promise<ReadonlyMap<string, PartitionCounts>> {
  const { column } = layouts[interval];
  const differs = valueNames.map((name) => `arrived.${name} IS DISTINCT FROM stored.${name}`).join(' OR ');
  const origin = ['source', 'fetched_at'].map(
    (name) => `CASE WHEN arrived.restated THEN stored.${name} ELSE arrived.${name} END AS ${name}`,
  );
  await rows(
    `CREATE OR REPLACE TEMP TABLE changes AS SELECT arrived.symbol, arrived.${column}, ` +
      `${valueNames.map((name) => `arrived.${name}`).join(', ')}, ${origin.join(', ')}, ` +
      'stored.symbol IS NULL AS added, arrived.restated ' +
      `FROM (FROM arrivals WHERE ${withinRange(interval, partitionRange(interval, partition))}) arrived ` +
      `LEFT JOIN (${storedBars(interval, current)}) stored ` +
      `ON arrived.symbol = stored.symbol AND arrived.${column} = stored.${column} ` +
      `WHERE stored.symbol IS NULL OR ${differs}`,
  );
  const counted = await rows(
    'SELECT symbol, (count(*) FILTER (added))::DOUBLE, (count(*) FILTER (NOT added AND NOT restated))::DOUBLE, ' +
      '(count(*) FILTER (NOT added AND restated))::DOUBLE FROM changes GROUP BY symbol',
  );
  return new Map(
    counted.map(([symbol, added, changed, restated]) => [
      String(symbol),
      { added: Number(added), changed: Number(changed), restated: Number(restated) },
    ]),
  );
}

/** Returns the bytes of a partition with the bars of `changes` in place of its own. */
export async function changedPartition(
  connection: BarConnection,
  interval: BarInterval,
  current: string | undefined,
  scratch: string,
): Promise<Buffer> {
  const { column } = layouts[interval];
  const stored = storedBars(interval, current);
  const kept = `SELECT stored.* FROM (${stored}) stored ANTI JOIN changes USING (symbol, ${column})`;
  const changed = `SELECT symbol, ${column}, ${valueNames.join(', ')}, source, fetched_at FROM changes`;
  return await writePartition(connection, interval, `${kept} UNION ALL ${changed}`, scratch);
}

/** Returns the bytes of a partition without the bars of some symbols. */
export async function partitionWithout(
  connection: BarConnection,
  interval: BarInterval,
  {
    current,
    symbols,
    scratch,
  }: {
    readonly current: string;
    readonly symbols: readonly string[];
    readonly scratch: string;
  },
): Promise<Buffer> {
  const others = `${storedBars(interval, current)} WHERE symbol NOT IN (${symbols.map(quote).join(', ')})`;
  return await writePartition(connection, interval, others, scratch);
}

async function writePartition(
  { rows }: BarConnection,
  interval: BarInterval,
  bars: string,
  scratch: string,
): Promise<Buffer> {
  try {
    await rows(
      `COPY (SELECT * FROM (${bars}) ORDER BY symbol, ${layouts[interval].column}) TO ${quote(scratch)} ` +
        `(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE ${rowGroup}, ${checksumOption})`,
    );
    return sealFile(await readFile(scratch));
  } finally {
    await rm(scratch, { force: true });
  }
}

function storedBars(interval: BarInterval, path: string | undefined): string {
  const names = ['symbol', layouts[interval].column, ...valueNames, 'source', 'fetched_at'].join(', ');
  return path === undefined
    ? `SELECT ${names} FROM arrivals WHERE false`
    : `SELECT ${names} FROM ${parquetTable([path])}`;
}
