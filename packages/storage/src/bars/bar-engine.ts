import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';

/**
 * One thread leaves the other processors to trainings. Parquet is built in, so nothing is downloaded. Files are
 * replaced while the engine is open, so none of their bytes may be kept.
 */
const settings = {
  threads: '1',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  enable_external_file_cache: 'false',
  memory_limit: '1GB',
};

/** Rest after the last statement, after which the engine is closed. Opening it takes some tens of milliseconds. */
const restMilliseconds = 2000;

type DuckDB = typeof import('@duckdb/node-api');

/** A connection of its own, with temporary tables that no other has. */
export interface BarConnection {
  readonly duckdb: DuckDB;
  readonly connection: DuckDBConnection;
  /** Runs a statement and returns its rows. */
  readonly rows: (sql: string) => Promise<readonly (readonly DuckDBValue[])[]>;
}

/**
 * DuckDB in memory. It is loaded with the first statement and closed after some rest: a service that only asks the
 * database starts sooner, and a training needs the memory for minutes after it has read its bars.
 */
export class BarEngine {
  #opened: Promise<{ readonly duckdb: DuckDB; readonly instance: DuckDBInstance }> | undefined;
  #users = 0;
  #rest: NodeJS.Timeout | undefined;
  readonly #overflow: string;

  /** @param overflow unused path; the engine makes a folder there for rows beyond its memory, and removes it */
  constructor(overflow: string) {
    this.#overflow = overflow;
  }

  /** Works with a connection, which ends with the work. */
  async use<Result>(work: (connection: BarConnection) => Promise<Result>): Promise<Result> {
    clearTimeout(this.#rest);
    this.#users += 1;
    try {
      this.#opened ??= openDuckDB(this.#overflow);
      const { duckdb, instance } = await this.#opened;
      const connection = await instance.connect();
      try {
        const rows = async (sql: string) => (await connection.run(sql)).getRows();
        return await work({ duckdb, connection, rows });
      } finally {
        connection.closeSync();
      }
    } finally {
      this.#users -= 1;
      if (this.#users === 0) this.#restLater();
    }
  }

  /** Gives back the memory of the engine; the next statement opens another one. */
  async close(): Promise<void> {
    clearTimeout(this.#rest);
    const opened = this.#opened;
    this.#opened = undefined;
    (await opened)?.instance.closeSync();
  }

  #restLater(): void {
    this.#rest = setTimeout(() => void this.close(), restMilliseconds);
    this.#rest.unref();
  }
}

async function openDuckDB(overflow: string) {
  const duckdb = await import('@duckdb/node-api');
  const instance = await duckdb.DuckDBInstance.create(':memory:', { ...settings, temp_directory: overflow });
  return { duckdb, instance };
}

/** Returns a text as SQL. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Returns the SQL of a table of parquet files with the same columns. */
export function parquetTable(paths: readonly string[]): string {
  return `read_parquet([${paths.map(quote).join(', ')}])`;
}
