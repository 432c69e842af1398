import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { FileBars } from './bar-origins.ts';
import { valueNames } from './columns.ts';
import { originNames } from './origin-columns.ts';

/** One thread for the sake of equal bytes; parquet is built in, so nothing is ever downloaded. */
const settings = { threads: '1', autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' };

/** Rows of one data chunk of DuckDB. */
const chunkRows = 2048;

/**
 * DuckDB, which is loaded with the first file: a service that only answers from the database starts sooner and needs
 * less memory at rest.
 */
export interface BarEngine {
  readonly duckdb: typeof import('@duckdb/node-api');
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
}

/** DuckDB in memory. */
export async function openBarEngine(): Promise<BarEngine> {
  const duckdb = await import('@duckdb/node-api');
  const instance = await duckdb.DuckDBInstance.create(':memory:', settings);
  const connection = await instance.connect();
  return { duckdb, instance, connection };
}

const tableColumns = ['axis', ...valueNames, ...originNames].map((name) => `${name} DOUBLE`).join(', ');

/**
 * Puts bars into the table `bars`, in the place of what was in it. It is made anew: rows that are deleted stay in its
 * memory and are read over each time, so that each file would cost more than the one before it.
 */
export async function putBars({ duckdb, connection }: BarEngine, { columns, origins }: FileBars): Promise<void> {
  await connection.run(`CREATE OR REPLACE TEMP TABLE bars (${tableColumns})`);
  const { DOUBLE, DuckDBDataChunk } = duckdb;
  const appender = await connection.createAppender('bars');
  const all = [columns.axis, ...valueNames.map((name) => columns[name]), origins.source, origins.fetchedAt];
  for (let from = 0; from < columns.axis.length; from += chunkRows) {
    const chunk = DuckDBDataChunk.create(all.map(() => DOUBLE));
    chunk.setColumns(all.map((column) => Array.from(column.subarray(from, from + chunkRows))));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
