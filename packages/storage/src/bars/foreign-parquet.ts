import { readFile, rm, stat } from 'node:fs/promises';
import type { BarInterval } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { DuckDBResult } from '@duckdb/node-api';
import { type BarConnection, BarEngine, parquetTable, quote } from './bar-engine.ts';
import { type AxisRange, valueNames } from './columns.ts';
import { layouts } from './partitions.ts';
import { withinRange } from './read-bars.ts';

/** Longer texts are not values of a bar. */
const longestValue = 100;
const mostColumns = 100;

/** Columns with one text in all rows, by name; they stand after those of the bars. */
export type ColumnsOfFile = Readonly<Record<string, string>>;

/**
 * Returns the bars of a symbol as the bytes of a parquet file. It has the columns `source` and `fetched_at` (UTC) where
 * one of the bars has an origin.
 *
 * @param scratch unused path for the file that the engine writes
 */
export async function exportedBars(
  { rows }: BarConnection,
  {
    interval,
    paths,
    symbol,
    range,
    further,
    scratch,
  }: {
    readonly interval: BarInterval;
    readonly paths: readonly string[];
    readonly symbol: string;
    readonly range: AxisRange;
    readonly further: ColumnsOfFile;
    readonly scratch: string;
  },
): Promise<Uint8Array> {
  const { column } = layouts[interval];
  const bars = `${parquetTable(paths)} WHERE symbol = ${quote(symbol)} AND ${withinRange(interval, range)}`;
  const [known] = await rows(`SELECT count(source)::INTEGER FROM ${bars}`);
  const origin = known![0] === 0 ? [] : ['source', 'fetched_at'];
  const names = [column, ...valueNames, ...literals(further), ...origin].join(', ');
  try {
    await rows(
      `COPY (SELECT ${names} FROM ${bars} ORDER BY ${column}) TO ${quote(scratch)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    return await readFile(scratch);
  } finally {
    await rm(scratch, { force: true });
  }
}

function literals(columns: ColumnsOfFile): readonly string[] {
  return Object.entries(columns).map(([name, text]) => `${quote(text)} AS ${name}`);
}

/** Writes a CSV file with a header as parquet; a column `symbol` is text. */
export async function csvAsParquet(path: string, target: string, hasSymbol: boolean): Promise<void> {
  const types = hasSymbol ? ", types = {'symbol': 'VARCHAR'}" : '';
  const table = `read_csv(${quote(path)}, header = true, sample_size = -1${types})`;
  const engine = new BarEngine(`${target}.overflow`);
  try {
    const written = `${quote(target)} (FORMAT parquet, COMPRESSION zstd)`;
    await engine.use(({ rows }) => rows(`COPY (FROM ${table}) TO ${written}`));
  } finally {
    await engine.close();
  }
}

/**
 * Returns the table of a parquet file as text with tabs between the fields, its header first. Dates are written
 * YYYY-MM-DD, moments as milliseconds since 1970, as is a column `time`, which this platform writes in UTC. NaN and
 * null are empty.
 *
 * @throws DayTradeError `data.bars-damaged` when it is not a parquet file, or its text is longer
 */
export async function tableText(engine: BarEngine, path: string, mostCharacters: number): Promise<string> {
  const source = parquetTable([path]);
  return await engine.use(({ connection, rows }) =>
    reading(path, async () => {
      const described = await rows(`DESCRIBE SELECT * FROM ${source}`);
      if (described.length > mostColumns) throw damaged(path, `it has more than ${mostColumns} columns`);
      const columns = described.map(([name, type]) => ({ name: String(name), type: String(type) }));
      const row = `concat_ws(chr(9), ${columns.map(fieldOf).join(', ')})`;
      const header = columns.map(({ name }) => name.replaceAll(/[\t\r\n"]/g, ' ')).join('\t');
      const pieces = [header];
      let characters = header.length;
      for await (const piece of rowsOf(await connection.stream(`SELECT ${row} FROM ${source}`))) {
        characters += piece.length + 1;
        if (characters > mostCharacters) throw damaged(path, `as text it has more than ${mostCharacters} characters`);
        pieces.push(piece);
      }
      return `${pieces.join('\n')}\n`;
    }),
  );
}

/** Turns errors of the engine into those of a file that cannot be read. */
async function reading<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DayTradeError) throw error;
    const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
    const isThere = await stat(path).catch(() => undefined);
    // Memory that is short now says nothing about the file.
    if (isThere !== undefined && !/out of memory/i.test(reason)) throw damaged(path, reason, error);
    throw new DayTradeError('state.damaged', `${path}: cannot be read: ${reason}`, { cause: error });
  }
}

function damaged(file: string, reason: string, cause?: unknown): DayTradeError {
  return new DayTradeError('data.bars-damaged', `${file} cannot be read as bars: ${reason}`, { cause });
}

async function* rowsOf(result: DuckDBResult): AsyncGenerator<string> {
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    const rows = chunk.getColumnVector(0);
    for (let row = 0; row < chunk.rowCount; row += 1) yield String(rows.getItem(row) ?? '');
  }
}

/** Returns the SQL of one field's text; never null, since `concat_ws` would leave it out. */
function fieldOf({ name, type }: { readonly name: string; readonly type: string }): string {
  const column = `"${name.replaceAll('"', '""')}"`;
  return `coalesce(${textOf(column, type, name)}, '')`;
}

function textOf(column: string, type: string, name: string): string {
  if (type === 'FLOAT' || type === 'DOUBLE') return `CASE WHEN isnan(${column}) THEN '' ELSE ${column}::VARCHAR END`;
  if (type.startsWith('TIMESTAMP')) {
    const isMoment = type === 'TIMESTAMP WITH TIME ZONE' || name.toLowerCase() === 'time';
    return isMoment ? `epoch_ms(${column})::VARCHAR` : `strftime(${column}, '%Y-%m-%d %H:%M:%S')`;
  }
  const text = `left(${column}::VARCHAR, ${longestValue})`;
  return type === 'VARCHAR' ? `translate(${text}, chr(9) || chr(10) || chr(13) || '"', '    ')` : text;
}
