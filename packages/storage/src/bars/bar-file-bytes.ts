import type { BarInterval } from '@daytrade/contracts';
import {
  bitsFor,
  byteStreamSplit,
  encodings,
  plainInt32,
  plainInt64,
  plainTexts,
  type Run,
  runBytes,
  runsIn,
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
  for (let row = 0; row < axis.length; row += 1) {
    min = Math.min(min, axis[row]!);
    max = Math.max(max, axis[row]!);
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
  const runs = symbols.map(({ rows }, position) => ({ value: position, rows }));
  const values = plainTexts(symbols.map(({ symbol }) => symbol));
  return distinctColumn('symbol', { type: physicalTypes.bytes, meaning: string, values, count: symbols.length, runs });
}

/** Of bars whose source is not known, nobody knows either when they came. */
function originColumns({ sources, source, fetchedAt }: BarOrigins): readonly ParquetColumn[] {
  const bySource = runsIn(source);
  const names = inOrderOfUse(bySource);
  const moments = inOrderOfUse(momentRuns(bySource, fetchedAt));
  return [
    distinctColumn('source', {
      type: physicalTypes.bytes,
      meaning: string,
      values: plainTexts(names.values.map((position) => sources[position]!)),
      count: names.values.length,
      runs: names.runs,
    }),
    distinctColumn('fetched_at', {
      type: physicalTypes.int64,
      meaning: timestamp,
      values: plainInt64(moments.values.map((time) => 1000 * time)),
      count: moments.values.length,
      runs: moments.runs,
    }),
  ];
}

function momentRuns(bySource: readonly Run[], fetchedAt: Float64Array): readonly Run[] {
  let from = 0;
  return bySource.flatMap((run) => {
    const moments = fetchedAt.subarray(from, from + run.rows);
    from += run.rows;
    return run.value < 0 ? [run] : runsIn(moments);
  });
}

/** The values of runs, in the order in which they come, and which of them each run has: -1 for none. */
function inOrderOfUse(runs: readonly Run[]): { readonly values: readonly number[]; readonly runs: readonly Run[] } {
  const values: number[] = [];
  const positions = new Map<number, number>();
  const placed = runs.map(({ value, rows }) => {
    if (value < 0) return { value: -1, rows };
    const position = positions.get(value) ?? values.push(value) - 1;
    positions.set(value, position);
    return { value: position, rows };
  });
  return { values, runs: placed };
}

interface DistinctValues {
  readonly type: ParquetColumn['type'];
  readonly meaning: readonly ThriftField[];
  /** The encoded values, and how many there are. */
  readonly values: Uint8Array;
  readonly count: number;
  /** Which of them rows have; -1 for none. */
  readonly runs: readonly Run[];
}

/** A column in which few values differ, and rows may have none. */
function distinctColumn(name: string, { type, meaning, values, count, runs }: DistinctValues): ParquetColumn {
  const bits = bitsFor(count);
  const which = runBytes(
    runs.map(({ value, rows }) => ({ value: value < 0 ? 0 : 1, rows })),
    1,
  );
  const positions = runBytes(
    runs.filter(({ value }) => value >= 0),
    bits,
  );
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
