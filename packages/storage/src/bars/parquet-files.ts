import { readFile } from 'node:fs/promises';
import type { BarInterval } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { DuckDBConnection, DuckDBMaterializedResult } from '@duckdb/node-api';
import { type OwnFile, openOwnFile } from '../parquet/read-columns.ts';
import { type AxisRange, barsWithin, columnsWithin } from './axis-ranges.ts';
import { columnsByFile, originsIn } from './bar-chunks.ts';
import { type BarEngine, openBarEngine, putBars } from './bar-engine.ts';
import { contentHash, hashKey } from './bar-file-bytes.ts';
import { type FileBars, isAnyKnown, unknownOrigins } from './bar-origins.ts';
import { type Columns, valueNames } from './columns.ts';
import { footerFault } from './footer-fault.ts';
import { mapAtOnce } from './map-at-once.ts';
import { originColumns } from './origin-columns.ts';
import { barsOfOwnFile, columnsOf } from './own-bar-file.ts';
import { tableText, tooLarge } from './parquet-table.ts';

/** How the axis of each interval is written, and read back as a number. Instants are UTC. */
const axes = {
  '1d': { name: 'date', write: `DATE '1970-01-01' + axis::INTEGER`, read: `(date - DATE '1970-01-01')::DOUBLE` },
  '5m': { name: 'time', write: 'epoch_ms(axis::BIGINT)', read: 'epoch_ms(time)::DOUBLE' },
} as const satisfies Record<BarInterval, { name: string; write: string; read: string }>;

/** Columns that hold one text in all rows, by name. */
export interface BesideBars {
  readonly before?: Readonly<Record<string, string>>;
  readonly after?: Readonly<Record<string, string>>;
}

/** Files that one query reads: it holds all that it found, several times over, until its bars are copied out. */
const filesAtOnce = 32;
/** Files that are read side by side without DuckDB. */
const readsAtOnce = 8;

/**
 * Reads and writes bars as parquet files with the columns `date` (or `time`, UTC), open, high, low, close, volume,
 * which any parquet engine understands, and where it is known `source` and `fetched_at` (UTC). The same bars
 * and origins give the same bytes: one thread, rows in order.
 */
export class ParquetFiles {
  #engine: Promise<BarEngine> | undefined;
  /** Statements on the one connection go one after another. */
  #last: Promise<unknown> = Promise.resolve();
  /** Statements that have not ended. */
  #pending = 0;
  #rest: NodeJS.Timeout | undefined;
  readonly #restMilliseconds: number;

  /** @param restMilliseconds how long the engine stays open after its last statement: opening it costs some tens */
  constructor(restMilliseconds = 2000) {
    this.#restMilliseconds = restMilliseconds;
  }

  /**
   * Writes one file with columns beside the bars; not yet fsynced.
   *
   * @param beside further columns, in front of and behind the bars, with one text in all rows
   */
  async writeBeside(path: string, interval: BarInterval, bars: FileBars, beside: BesideBars): Promise<void> {
    const { columns, origins } = bars;
    const { name, write } = axes[interval];
    const { before = {}, after = {} } = beside;
    const known = isAnyKnown(origins) ? originColumns(origins.sources) : [];
    const selected = [...literals(before), `${write} AS ${name}`, ...valueNames, ...literals(after), ...known].join(
      ', ',
    );
    await this.#alone(async (engine) => {
      const { connection } = engine;
      await putBars(engine, bars);
      await connection.run(
        `COPY (SELECT ${selected} FROM bars) TO ${quote(path)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA ` +
          `{${hashKey}: '${contentHash(columns)}'})`,
      );
    });
  }

  /**
   * Reads several existing files, many by one query: that is twice as fast as a query a file.
   *
   * @returns the bars of each path, in the order of the paths
   * @throws DayTradeError `data.bars-damaged` when a file is not such a parquet file; `state.damaged` when it cannot be
   * read
   */
  async read(paths: readonly string[], interval: BarInterval, range: AxisRange): Promise<Columns[]> {
    const own = await mapAtOnce(paths, readsAtOnce, async (path) => await ownColumns(path, interval, range));
    const others = paths.filter((_, index) => own[index] === undefined);
    const read: Columns[] = [];
    for (let from = 0; from < others.length; from += filesAtOnce) {
      read.push(...(await this.#readTogether(others.slice(from, from + filesAtOnce), interval, range)));
    }
    let next = 0;
    return checked(
      own.map((columns) => columns ?? read[next++]!),
      paths,
      interval,
    );
  }

  /** As {@link read}, of one file, with where its bars came from; older files do not say it. */
  async readWithOrigins(path: string, interval: BarInterval, range: AxisRange): Promise<FileBars> {
    const own = await readOwnFile(path, (file) => barsOfOwnFile(file, interval));
    if (own !== undefined) {
      checked([own.columns], [path], interval);
      return barsWithin(own, range);
    }
    const { read } = axes[interval];
    const schema = await this.#query([path], `SELECT 1 FROM parquet_schema(${quote(path)}) WHERE name = 'fetched_at'`);
    const isKnown = (await schema.getRows()).length > 0;
    const origin = isKnown ? `source, epoch_ms(fetched_at)::DOUBLE` : `NULL, NULL`;
    const result = await this.#query(
      [path],
      `SELECT 0, ${read} AS axis, ${valueNames.join(', ')}, ${origin} FROM ${source([path])} WHERE ${within(range)}`,
    );
    const chunks = await result.fetchAllChunks();
    const [columns] = checked(columnsByFile(chunks, 1), [path], interval);
    return { columns: columns!, origins: isKnown ? originsIn(chunks) : unknownOrigins(columns!.axis.length) };
  }

  /**
   * Reads one file whole and compares it with the hash that was written with it; older files have none.
   *
   * @throws DayTradeError as {@link read}; `data.bars-damaged` also when bytes were changed
   */
  async readVerified(path: string, interval: BarInterval): Promise<FileBars> {
    const own = await readOwnFile(path, (file) => ({
      bars: barsOfOwnFile(file, interval),
      hash: file.footer.metadata.get(hashKey),
    }));
    if (own !== undefined) {
      checked([own.bars.columns], [path], interval);
      if (own.hash === contentHash(own.bars.columns)) return own.bars;
      throw damaged(path, changedBytes);
    }
    const bars = await this.readWithOrigins(path, interval, { from: -Infinity, to: Infinity });
    const result = await this.#query(
      [path],
      `SELECT value::VARCHAR FROM parquet_kv_metadata(${quote(path)}) WHERE key = '${hashKey}'`,
    );
    const written = (await result.getRows())[0]?.[0];
    if (written === undefined || written === contentHash(bars.columns)) return bars;
    throw damaged(path, changedBytes);
  }

  /** Writes the rows of several files with the same columns into one, in the order of the files. */
  async join(paths: readonly string[], target: string): Promise<void> {
    const sql = `COPY (SELECT * FROM ${source(paths)}) TO ${quote(target)} (FORMAT parquet, COMPRESSION zstd)`;
    await this.#query(paths, sql);
  }

  /**
   * The table of any parquet file as text, see `tableText`.
   *
   * @throws DayTradeError `data.bars-damaged` when it is not a parquet file, or larger than that as text
   */
  async tableText(path: string, mostCharacters: number): Promise<string> {
    const text = await this.#ask([path], (connection) => tableText(connection, source([path]), mostCharacters));
    if (text === tooLarge) throw damaged(path, `as text it has more than ${mostCharacters} characters`);
    return text;
  }

  /** Rows of all the files together, from their footers. */
  async countRows(paths: readonly string[]): Promise<number> {
    if (paths.length === 0) return 0;
    const list = `[${paths.map(quote).join(', ')}]`;
    const result = await this.#query(paths, `SELECT sum(num_rows)::DOUBLE FROM parquet_file_metadata(${list})`);
    return Number((await result.getRows())[0]?.[0] ?? 0);
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#release();
  }

  /** What the engine took is given back; the next statement opens another one. */
  async #release(): Promise<void> {
    clearTimeout(this.#rest);
    const opened = this.#engine;
    this.#engine = undefined;
    const engine = await opened;
    engine?.connection.closeSync();
    engine?.instance.closeSync();
  }

  async #readTogether(paths: readonly string[], interval: BarInterval, range: AxisRange): Promise<readonly Columns[]> {
    const { read } = axes[interval];
    const selected = `file_index::INTEGER, ${read} AS axis, ${valueNames.join(', ')}`;
    const result = await this.#query(paths, `SELECT ${selected} FROM ${source(paths)} WHERE ${within(range)}`);
    return checked(columnsByFile(await result.fetchAllChunks(), paths.length), paths, interval);
  }

  #query(paths: readonly string[], sql: string): Promise<DuckDBMaterializedResult> {
    return this.#ask(paths, (connection) => connection.run(sql));
  }

  #ask<Answer>(paths: readonly string[], ask: (connection: DuckDBConnection) => Promise<Answer>): Promise<Answer> {
    return this.#alone(async ({ connection }) => {
      // DuckDB believes the lengths in a footer, and would ask for gigabytes.
      for (const path of paths) await assertSound(path);
      try {
        return await ask(connection);
      } catch (error) {
        const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
        const file = paths.find((path) => reason.includes(path)) ?? (paths.length === 1 ? paths[0]! : 'a file of bars');
        // What the machine cannot give now says nothing about the file.
        if (!/out of memory/i.test(reason) && (await canBeRead(paths))) throw damaged(file, reason, error);
        throw new DayTradeError('state.damaged', `${file}: cannot be read: ${reason}`, {
          details: { file },
          cause: error,
        });
      }
    });
  }

  #alone<Result>(work: (engine: BarEngine) => Promise<Result>): Promise<Result> {
    this.#engine ??= openBarEngine().catch((error: unknown) => {
      this.#engine = undefined;
      throw error;
    });
    const engine = this.#engine;
    clearTimeout(this.#rest);
    this.#pending += 1;
    const result = this.#last.then(async () => await work(await engine)).finally(() => this.#rested());
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** A training goes on for minutes after it has read its bars, and a service may rest for hours. */
  #rested(): void {
    this.#pending -= 1;
    if (this.#pending > 0) return;
    this.#rest = setTimeout(() => void this.#release(), this.#restMilliseconds);
    this.#rest.unref();
  }
}

function within({ from, to }: AxisRange): string {
  const bounds = [...(from > -Infinity ? [`axis >= ${from}`] : []), ...(to < Infinity ? [`axis <= ${to}`] : [])];
  return bounds.join(' AND ') || 'true';
}

function checked(files: Columns[], paths: readonly string[], interval: BarInterval): Columns[] {
  for (const [index, { axis: times }] of files.entries()) {
    if (!risesWithin(times, latest[interval])) throw damaged(paths[index]!, 'its times are not rising sessions');
  }
  return files;
}

/** Later days and instants are none of a bar: changed bytes can read as any number. */
const latest = { '1d': 100_000, '5m': 100_000 * 86_400_000 } as const satisfies Record<BarInterval, number>;

function risesWithin(times: Float64Array, last: number): boolean {
  if (times.length > 0 && !(times[0]! >= 0 && times.at(-1)! <= last)) return false;
  for (let i = 1; i < times.length; i += 1) if (!(times[i]! > times[i - 1]!)) return false;
  return true;
}

const changedBytes = 'its bars are not those that were written';

/** Reads a file that this platform wrote itself; undefined for any other, and for what DuckDB is to judge. */
async function readOwnFile<Result>(path: string, read: (file: OwnFile) => Result): Promise<Result | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return undefined;
  try {
    const file = openOwnFile(bytes);
    return file && read(file);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw damaged(path, error.message, error);
  }
}

async function ownColumns(path: string, interval: BarInterval, range: AxisRange): Promise<Columns | undefined> {
  const columns = await readOwnFile(path, (file) => columnsOf(file, interval));
  return columns && columnsWithin(columns, range);
}

function damaged(file: string, reason: string, cause?: unknown): DayTradeError {
  return new DayTradeError('data.bars-damaged', `${file} cannot be read as bars: ${reason}`, {
    details: { file },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** @throws DayTradeError `data.bars-damaged` when a file is there and its ends or its footer are not sound */
async function assertSound(path: string): Promise<void> {
  const fault = await footerFault(path);
  if (fault !== undefined && (await canBeRead([path]))) throw damaged(path, fault);
}

/** Whether the bytes of the files can be read at all, whatever they are. */
async function canBeRead(paths: readonly string[]): Promise<boolean> {
  for (const path of paths) {
    const bytes = await readFile(path).catch(() => undefined);
    if (bytes === undefined) return false;
  }
  return true;
}

function source(paths: readonly string[]): string {
  return `read_parquet([${paths.map(quote).join(', ')}])`;
}

function literals(columns: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(columns).map(([name, text]) => `${quote(text)} AS ${name}`);
}

function quote(path: string): string {
  return `'${path.replaceAll("'", "''")}'`;
}
