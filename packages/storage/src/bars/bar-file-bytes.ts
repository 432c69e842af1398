import type { BarInterval } from '@daytrade/contracts';
import {
  bitsFor,
  byteStreamSplit,
  encodings,
  plainInt32,
  plainInt64,
  plainTexts,
  runs,
} from '../parquet/encode-column.ts';
import { type ParquetColumn, parquetBytes, physicalTypes } from '../parquet/parquet-bytes.ts';
import { boolean, i32, struct, type ThriftField } from '../parquet/thrift-write.ts';
import { type BarOrigins, type FileBars, isAnyKnown } from './bar-origins.ts';
import { type Columns, valueNames } from './columns.ts';
import { dataHash } from './data-hash.ts';

/** Name under which a file's metadata holds the hash of its bars. */
export const hashKey = 'bars_sha256';

/** SHA-256 of the bars of a file. */
export function contentHash(columns: Columns): string {
  return dataHash([{ symbol: '', columns }]);
}

const date: readonly ThriftField[] = [
  [6, i32(6)],
  [10, struct([6, struct()])],
];
/** Microseconds since 1970, which engines are to show as they are. */
const timestamp: readonly ThriftField[] = [[10, struct([8, struct([1, boolean(false)], [2, struct([2, struct()])])])]];
const string: readonly ThriftField[] = [
  [6, i32(0)],
  [10, struct([1, struct()])],
];

/**
 * The bytes of a file of one symbol's bars: `date` (or `time`, UTC), open, high, low, close, volume, and where it is
 * known `source` and `fetched_at` (UTC). The same bars and origins give the same bytes.
 */
export function barFileBytes(interval: BarInterval, { columns, origins }: FileBars): Buffer {
  return parquetBytes({
    rows: columns.axis.length,
    columns: [axisColumn(interval, columns.axis), ...barColumns(columns, origins)],
    metadata: { [hashKey]: contentHash(columns) },
  });
}

/** A symbol, and how many rows of a file of several are its own. */
export interface RowsOfSymbol {
  readonly symbol: string;
  readonly rows: number;
}

/** SHA-256 of the bars of a file of several symbols, which stand one after another, and of which symbol each is. */
export function contentHashOfSeveral(symbols: readonly RowsOfSymbol[], columns: Columns): string {
  return dataHash([{ symbol: symbols.map(({ symbol, rows }) => `${symbol} ${rows}`).join(), columns }]);
}

/** The bytes of a file of daily bars of several symbols, one after another; a column `symbol` says of which each is. */
export function severalSymbolsBytes(symbols: readonly RowsOfSymbol[], bars: FileBars) {
  const { columns, origins } = bars;
  return parquetBytes({
    rows: columns.axis.length,
    columns: [symbolColumn(symbols), axisColumn('1d', columns.axis), ...barColumns(columns, origins)],
    metadata: { [hashKey]: contentHashOfSeveral(symbols, columns) },
  });
}

function barColumns(columns: Columns, origins: BarOrigins): readonly ParquetColumn[] {
  const values = valueNames.map((name) => ({
    name,
    type: physicalTypes.double,
    encoding: encodings.byteStreamSplit,
    values: byteStreamSplit(columns[name]),
    packed: true,
  }));
  return [...values, ...(isAnyKnown(origins) ? originColumns(origins) : [])];
}

function axisColumn(interval: BarInterval, axis: Float64Array): ParquetColumn {
  const isDaily = interval === '1d';
  const encode = (values: ArrayLike<number>) =>
    isDaily ? plainInt32(values) : plainInt64(Float64Array.from(values, (milliseconds) => 1000 * milliseconds));
  let [min, max] = [Infinity, -Infinity];
  for (const value of axis) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return {
    name: isDaily ? 'date' : 'time',
    type: isDaily ? physicalTypes.int32 : physicalTypes.int64,
    meaning: isDaily ? date : timestamp,
    encoding: encodings.plain,
    values: encode(axis),
    packed: true,
    ...(axis.length === 0 ? {} : { range: { min: encode([min]), max: encode([max]) } }),
  };
}

function symbolColumn(symbols: readonly RowsOfSymbol[]): ParquetColumn {
  const rows = Int32Array.from(symbols.flatMap((each, position) => Array<number>(each.rows).fill(position)));
  const values = plainTexts(symbols.map(({ symbol }) => symbol));
  return distinctColumn('symbol', { type: physicalTypes.bytes, meaning: string, values, count: symbols.length, rows });
}

function originColumns({ sources, source, fetchedAt }: BarOrigins): readonly ParquetColumn[] {
  const names = inOrderOfUse(source, (row) => source[row]! >= 0);
  const moments = inOrderOfUse(fetchedAt, (row) => source[row]! >= 0);
  const used = names.values.map((position) => sources[position]!);
  const instants = plainInt64(moments.values.map((time) => 1000 * time));
  return [
    distinctColumn('source', {
      type: physicalTypes.bytes,
      meaning: string,
      values: plainTexts(used),
      count: used.length,
      rows: names.rows,
    }),
    distinctColumn('fetched_at', {
      type: physicalTypes.int64,
      meaning: timestamp,
      values: instants,
      count: moments.values.length,
      rows: moments.rows,
    }),
  ];
}

/** The values that rows have, in the order in which they come, and which of them each row has; -1 for none. */
function inOrderOfUse(column: ArrayLike<number>, isKnown: (row: number) => boolean) {
  const values: number[] = [];
  const known = new Map<number, number>();
  const rows = new Int32Array(column.length).fill(-1);
  let last = -1;
  for (let row = 0; row < rows.length; row += 1) {
    if (!isKnown(row)) continue;
    const value = column[row]!;
    // Nearly every bar came with the one before it.
    if (last < 0 || values[last] !== value) {
      last = known.get(value) ?? values.push(value) - 1;
      known.set(value, last);
    }
    rows[row] = last;
  }
  return { values, rows };
}

interface DistinctValues {
  readonly type: ParquetColumn['type'];
  readonly meaning: readonly ThriftField[];
  /** The encoded values, and how many there are. */
  readonly values: Uint8Array;
  readonly count: number;
  /** Which of them each row has; -1 for none. */
  readonly rows: Int32Array;
}

/** A column in which few values differ, and rows may have none. */
function distinctColumn(name: string, { type, meaning, values, count, rows }: DistinctValues): ParquetColumn {
  const bits = bitsFor(count);
  const isKnown = new Uint8Array(rows.length);
  const known = new Int32Array(rows.length);
  let length = 0;
  for (let row = 0; row < rows.length; row += 1) {
    if (rows[row]! < 0) continue;
    isKnown[row] = 1;
    known[length] = rows[row]!;
    length += 1;
  }
  const which = runs(isKnown, 1);
  const positions = runs(known.subarray(0, length), bits);
  return {
    name,
    type,
    meaning,
    optional: true,
    encoding: encodings.dictionary,
    dictionary: { values, count },
    values: Buffer.concat([plainInt32([which.length]), which, Uint8Array.of(bits), positions]),
    packed: false,
  };
}
