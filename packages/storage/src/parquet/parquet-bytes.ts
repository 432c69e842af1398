import { constants, zstdCompressSync } from 'node:zlib';
import { encodings } from './encode-column.ts';
import {
  binary,
  i32,
  i64,
  list,
  struct,
  type ThriftField,
  type ThriftValue,
  text,
  thriftBytes,
} from './thrift-write.ts';

/** Numbers by which parquet names types. */
export const physicalTypes = { int32: 1, int64: 2, double: 5, bytes: 6 } as const;

/** One column of a file: how it is called and typed, and its values as they are encoded. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: (typeof physicalTypes)[keyof typeof physicalTypes];
  /** Whether rows may have no value; the values then begin with which have one. */
  readonly optional?: boolean;
  /** Fields of the schema that say what the values mean: `converted_type` and `logicalType`. */
  readonly meaning?: readonly ThriftField[];
  readonly encoding: (typeof encodings)[keyof typeof encodings];
  readonly values: Uint8Array;
  /** The values that the others are positions in, of the encoding `dictionary`. */
  readonly dictionary?: { readonly values: Uint8Array; readonly count: number };
  /** Whether the values are packed; those of few bytes are not worth it. */
  readonly packed: boolean;
  /** Encoded smallest and largest value, by which readers pass over files. */
  readonly range?: { readonly min: Uint8Array; readonly max: Uint8Array };
}

/** A whole file. */
export interface ParquetTable {
  readonly rows: number;
  readonly columns: readonly ParquetColumn[];
  readonly metadata: Readonly<Record<string, string>>;
}

const magic = Buffer.from('PAR1');
/** Numbers by which parquet names ways of packing. */
export const codecs = { none: 0, zstd: 6 } as const;
const packing = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Names the writer: what it writes, it reads without DuckDB. */
export const createdBy = 'day-trade';

/**
 * The bytes of a parquet file (github.com/apache/parquet-format) of one row group, whose columns have one page each.
 * Written by DuckDB a file of ten years takes ten times as long: its rows go through a table of the engine.
 */
export function parquetBytes({ rows, columns, metadata }: ParquetTable): Buffer {
  const parts: Uint8Array[] = [magic];
  let offset = magic.length;
  const chunks = columns.map((column) => {
    const start = offset;
    const pages = pagesOf(column, rows);
    for (const { header, data } of pages) {
      parts.push(header, data);
      offset += header.length + data.length;
    }
    return chunkOf(column, rows, start, pages);
  });
  const footer = thriftBytes(
    [1, i32(1)],
    [2, list([struct([4, text('schema')], [5, i32(columns.length)]), ...columns.map(schemaOf)])],
    [3, i64(rows)],
    [4, list([struct([1, list(chunks)], [2, i64(offset - magic.length)], [3, i64(rows)])])],
    [5, list(Object.entries(metadata).map(([key, value]) => struct([1, text(key)], [2, text(value)])))],
    [6, text(createdBy)],
    [7, list(columns.map(() => struct([1, struct()])))],
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([...parts, footer, length, magic]);
}

interface Page {
  readonly header: Buffer;
  readonly data: Uint8Array;
  /** Bytes of the header and of the values before they were packed. */
  readonly unpacked: number;
}

function pagesOf(column: ParquetColumn, rows: number): readonly Page[] {
  const { dictionary, encoding } = column;
  const values = pageOf(column, column.values, 0, [
    5,
    struct([1, i32(rows)], [2, i32(encoding)], [3, i32(encodings.rle)], [4, i32(encodings.rle)]),
  ]);
  if (dictionary === undefined) return [values];
  const ofDictionary = struct([1, i32(dictionary.count)], [2, i32(encodings.plain)]);
  return [pageOf(column, dictionary.values, 2, [7, ofDictionary]), values];
}

function pageOf({ packed }: ParquetColumn, values: Uint8Array, kind: number, ofKind: ThriftField): Page {
  const data = packed ? zstdCompressSync(values, packing) : values;
  const header = thriftBytes([1, i32(kind)], [2, i32(values.length)], [3, i32(data.length)], ofKind);
  return { header, data, unpacked: header.length + values.length };
}

function schemaOf({ name, type, optional = false, meaning = [] }: ParquetColumn): ThriftValue {
  return struct([1, i32(type)], [3, i32(optional ? 1 : 0)], [4, text(name)], ...meaning);
}

function chunkOf(column: ParquetColumn, rows: number, start: number, pages: readonly Page[]): ThriftValue {
  const { name, type, encoding, packed, range } = column;
  const packedBytes = pages.reduce((sum, { header, data }) => sum + header.length + data.length, 0);
  const [first] = pages;
  const hasDictionary = pages.length > 1;
  const dataAt = hasDictionary ? start + first!.header.length + first!.data.length : start;
  const used = [...new Set([encodings.plain, encodings.rle, encoding])];
  const metadata = struct(
    [1, i32(type)],
    [2, list(used.map(i32))],
    [3, list([text(name)])],
    [4, i32(packed ? codecs.zstd : codecs.none)],
    [5, i64(rows)],
    [6, i64(pages.reduce((sum, { unpacked }) => sum + unpacked, 0))],
    [7, i64(packedBytes)],
    [9, i64(dataAt)],
    ...(hasDictionary ? ([[11, i64(start)]] as const) : []),
    ...(range === undefined ? [] : ([[12, struct([5, binary(range.max)], [6, binary(range.min)])]] as const)),
  );
  return struct([2, i64(start)], [3, metadata]);
}
