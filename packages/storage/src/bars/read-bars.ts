import { createHash } from 'node:crypto';
import type { BarInterval } from '@daytrade/contracts';
import type { DuckDBDataChunk } from '@duckdb/node-api';
import { type BarConnection, parquetTable, quote } from './bar-engine.ts';
import { type AxisRange, type Columns, columnsOf, valueNames } from './columns.ts';
import { layouts } from './partitions.ts';

/** The source of each bar of a symbol, in columns as long as those of its bars. */
export interface BarOrigins {
  readonly sources: readonly string[];
  /** Position in `sources`; -1 if it is unknown. */
  readonly source: Int32Array;
  /** Milliseconds since 1970 UTC; NaN if it is unknown. */
  readonly fetchedAt: Float64Array;
}

export interface StoredBars {
  readonly columns: Columns;
  readonly origins: BarOrigins;
}

export interface BarQuery {
  readonly interval: BarInterval;
  readonly paths: readonly string[];
  readonly symbols: readonly string[];
  readonly range: AxisRange;
}

/** Symbols of one query, counted once for each file: more would only take memory. */
const symbolsAtOnce = 500;

export async function readBars(
  { connection }: BarConnection,
  { interval, paths, symbols, range }: BarQuery,
): Promise<readonly StoredBars[]> {
  const pieces = symbols.map((): Piece[] => []);
  const filesAtOnce = Math.max(1, Math.floor(symbolsAtOnce / Math.max(symbols.length, 1)));
  for (let from = 0; from < paths.length && symbols.length > 0; from += filesAtOnce) {
    const sql = selectBars({ interval, paths: paths.slice(from, from + filesAtOnce), symbols, range });
    const result = await connection.stream(sql);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) break;
      addPieces(pieces, chunk);
    }
  }
  return pieces.map((own, s) => {
    // Freed on the way: together they are as large as the result.
    pieces[s] = [];
    return joined(own);
  });
}

/** Returns the SQL of the bars of some symbols, with the position of the symbol first. */
function selectBars({ interval, paths, symbols, range }: BarQuery): string {
  const sorted = [...symbols].sort();
  const wanted = symbols.map((symbol, position) => `(${quote(symbol)}, ${position})`).join(', ');
  const values = valueNames.join(', ');
  const inner =
    `SELECT symbol, ${layouts[interval].toNumber(layouts[interval].column)} AS axis, ${values}, source, fetched_at ` +
    `FROM ${parquetTable(paths)} WHERE symbol BETWEEN ${quote(sorted[0]!)} AND ${quote(sorted.at(-1)!)} ` +
    `AND ${withinRange(interval, range)}`;
  return (
    `SELECT position, axis, ${values}, source, epoch_ms(fetched_at)::DOUBLE FROM (${inner}) ` +
    `JOIN (VALUES ${wanted}) wanted(symbol, position) USING (symbol) ORDER BY position, axis`
  );
}

/** Returns the SQL of a condition that readers of parquet use to skip row groups. */
export function withinRange(interval: BarInterval, { from, to }: AxisRange): string {
  const { column, fromNumber } = layouts[interval];
  const bounds = [
    ...(from > -Infinity ? [`${column} >= ${fromNumber(String(from))}`] : []),
    ...(to < Infinity ? [`${column} <= ${fromNumber(String(to))}`] : []),
  ];
  return bounds.join(' AND ') || 'true';
}

interface Piece {
  readonly columns: Columns;
  readonly sources: readonly (string | null)[];
  readonly fetchedAt: Float64Array;
  readonly begin: number;
  readonly end: number;
}

function addPieces(pieces: readonly Piece[][], chunk: DuckDBDataChunk): void {
  const { rowCount } = chunk;
  const numbers = (index: number) => {
    const vector = chunk.getColumnVector(index);
    const column = new Float64Array(rowCount);
    for (let row = 0; row < rowCount; row += 1) column[row] = (vector.getItem(row) as number | null) ?? Number.NaN;
    return column;
  };
  const names = ['axis', ...valueNames];
  const columns = columnsOf((name) => numbers(1 + names.indexOf(name)));
  const sources = chunk.getColumnValues(names.length + 1) as (string | null)[];
  const fetchedAt = numbers(names.length + 2);
  const positions = chunk.getColumnVector(0);
  for (let begin = 0; begin < rowCount; ) {
    const position = positions.getItem(begin) as number;
    let end = begin + 1;
    while (end < rowCount && positions.getItem(end) === position) end += 1;
    pieces[position]!.push({ columns, sources, fetchedAt, begin, end });
    begin = end;
  }
}

function joined(pieces: readonly Piece[]): StoredBars {
  const rows = pieces.reduce((sum, { begin, end }) => sum + end - begin, 0);
  const join = (column: (piece: Piece) => Float64Array) => {
    const target = new Float64Array(rows);
    let at = 0;
    for (const piece of pieces) {
      target.set(column(piece).subarray(piece.begin, piece.end), at);
      at += piece.end - piece.begin;
    }
    return target;
  };
  const positions = new Map<string, number>();
  const source = new Int32Array(rows).fill(-1);
  let at = 0;
  for (const { sources, begin, end } of pieces) {
    for (let row = begin; row < end; row += 1, at += 1) {
      const name = sources[row];
      if (name === null || name === undefined) continue;
      const position = positions.get(name) ?? positions.size;
      positions.set(name, position);
      source[at] = position;
    }
  }
  const columns = columnsOf((name) => join((piece) => piece.columns[name]));
  return { columns, origins: { sources: [...positions.keys()], source, fetchedAt: join((piece) => piece.fetchedAt) } };
}

/** Bars of a symbol in one file or several: their number, and the first and last value of the axis. */
export interface Extent {
  readonly bars: number;
  readonly first: number;
  readonly last: number;
}

export async function readExtents(
  { rows }: BarConnection,
  interval: BarInterval,
  path: string,
): Promise<ReadonlyMap<string, Extent>> {
  const { column, toNumber } = layouts[interval];
  const found = await rows(
    `SELECT symbol, count(*)::DOUBLE, ${toNumber(`min(${column})`)}, ${toNumber(`max(${column})`)} ` +
      `FROM ${parquetTable([path])} GROUP BY symbol`,
  );
  return new Map(
    found.map(([symbol, bars, first, last]) => [
      String(symbol),
      { bars: Number(bars), first: Number(first), last: Number(last) },
    ]),
  );
}

/** Returns a digest of bars that holds as long as this process: an engine of another version has other hashes. */
export async function digestBars({ rows }: BarConnection, query: BarQuery): Promise<string> {
  if (query.paths.length === 0) return '';
  const names = [layouts[query.interval].column, ...valueNames].join(', ');
  const wanted = query.symbols.map((symbol) => `(${quote(symbol)})`).join(', ');
  const [digest] = await rows(
    `SELECT count(*), bit_xor(hash(symbol, ${names})), sum(hash(symbol, ${names})) ` +
      `FROM ${parquetTable(query.paths)} WHERE ${withinRange(query.interval, query.range)} ` +
      `AND symbol IN (FROM (VALUES ${wanted}))`,
  );
  return digest!.join(' ');
}

/**
 * Returns the SHA-256 of symbols and their bars: each symbol, its number of bars, then the axis and the values as
 * little-endian doubles, in the order given. The encoding of files does not matter.
 */
export function dataHash(series: readonly { readonly symbol: string; readonly columns: Columns }[]): string {
  const hash = createHash('sha256');
  for (const { symbol, columns } of series) {
    hash.update(`${symbol} ${columns.axis.length}\n`);
    for (const name of ['axis', ...valueNames] as const) hash.update(littleEndian(columns[name]));
  }
  return hash.digest('hex');
}

const machineIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function littleEndian(column: Float64Array): Uint8Array {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  return machineIsLittleEndian ? bytes : Buffer.from(bytes).swap64();
}
