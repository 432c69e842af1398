import { zstdDecompressSync } from 'node:zlib';
import { int32Values, int64Values, joinByteStreams, runValues, textValues } from './decode-column.ts';
import { encodings } from './encode-column.ts';
import { codecs, createdBy, physicalTypes } from './parquet-bytes.ts';
import { type ColumnChunk, footerIn, type ParquetFooter } from './read-footer.ts';
import { readStruct } from './thrift-read.ts';

/** Bytes of a page at most: a hundred years of 5-minute bars. */
const largestPage = 2 ** 27;

/** The columns of a file that this platform wrote. */
export interface OwnFile {
  readonly footer: ParquetFooter;
  /** Numbers of a column without gaps. @throws RangeError where there is none, or its bytes were changed */
  numbers(name: string): Float64Array;
  /**
   * The values of a column in which few differ, and for each row which of them it has; -1 where it has none.
   *
   * @throws RangeError as `numbers`
   */
  distinct(name: string): { readonly values: readonly string[] | Float64Array; readonly rows: Int32Array };
  has(name: string): boolean;
}

/**
 * Opens the bytes of a file that `parquetBytes` made; undefined for those of any other writer.
 *
 * @throws RangeError where its bytes were changed
 */
export function openOwnFile(bytes: Uint8Array): OwnFile | undefined {
  const footer = isParquet(bytes) ? footerIn(bytes) : undefined;
  if (footer === undefined || footer.createdBy !== createdBy || footer.groups.length !== 1) return undefined;
  const chunks = new Map(footer.groups[0]!.map((chunk) => [chunk.name, chunk]));
  const chunkOf = (name: string) => {
    const chunk = chunks.get(name);
    if (chunk === undefined || chunk.values !== footer.rows) throw new RangeError(`there is no whole column ${name}`);
    return chunk;
  };
  return {
    footer,
    has: (name) => chunks.has(name),
    numbers: (name) => numbersOf(bytes, chunkOf(name), footer.rows),
    distinct: (name) => distinctOf(bytes, chunkOf(name), footer.rows),
  };
}

function isParquet(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (
    text.length > 12 && text.toString('latin1', 0, 4) === 'PAR1' && text.toString('latin1', text.length - 4) === 'PAR1'
  );
}

function numbersOf(bytes: Uint8Array, chunk: ColumnChunk, rows: number): Float64Array {
  const { encoding, values } = pageAt(bytes, chunk.dataAt, chunk.codec);
  if (encoding === encodings.byteStreamSplit) return joinByteStreams(values, rows);
  if (encoding !== encodings.plain) throw new RangeError(`the encoding ${encoding} is not one of numbers`);
  return chunk.type === physicalTypes.int32 ? int32Values(values, rows) : int64Values(values, rows);
}

function distinctOf(bytes: Uint8Array, chunk: ColumnChunk, rows: number) {
  if (chunk.dictionaryAt === undefined) throw new RangeError(`${chunk.name} has no dictionary`);
  const dictionary = pageAt(bytes, chunk.dictionaryAt, chunk.codec);
  const isText = chunk.type === physicalTypes.bytes;
  const values = (isText ? textValues : int64Values)(dictionary.values, dictionary.count);
  return { values, rows: positions(pageAt(bytes, chunk.dataAt, chunk.codec).values, rows, values.length) };
}

/** Which rows have a value, and positions of the values of those, as `distinctColumn` writes them. */
function positions(page: Uint8Array, rows: number, values: number): Int32Array {
  const [length] = int32Values(page, 1);
  const known = runValues(page.subarray(4, 4 + length!), 1, rows);
  let count = 0;
  for (const isKnown of known) count += isKnown;
  const bits = page[4 + length!];
  if (bits === undefined || bits > 32) throw new RangeError('a number of bits is missing');
  const found = runValues(page.subarray(5 + length!), bits, count);
  let next = 0;
  for (let row = 0; row < rows; row += 1) {
    if (known[row] !== 1) {
      known[row] = -1;
      continue;
    }
    const position = found[next]!;
    next += 1;
    if (position < 0 || position >= values) throw new RangeError('a value that there is not');
    known[row] = position;
  }
  return known;
}

/** The page at a position, unpacked, with what its header says. */
function pageAt(bytes: Uint8Array, at: number, codec: number) {
  const { value: header, end } = readStruct(bytes, at);
  const [unpacked, packed] = [header.get(2), header.get(3)];
  const of = header.get(5) ?? header.get(7);
  if (typeof unpacked !== 'number' || typeof packed !== 'number' || !(of instanceof Map)) {
    throw new RangeError('there is no page');
  }
  const [count, encoding] = [of.get(1), of.get(2)];
  if (typeof count !== 'number' || typeof encoding !== 'number') throw new RangeError('there is no page of values');
  const data = bytes.subarray(end, end + packed);
  const values = codec === codecs.none ? data : unpack(data, unpacked);
  if (values.length !== unpacked) throw new RangeError('a page of another size');
  return { values, count, encoding };
}

/** A page says how large it is, which is believed only as far as files of bars go. */
function unpack(data: Uint8Array, size: number): Uint8Array {
  if (!(size >= 0 && size <= largestPage)) throw new RangeError('a page that is too large');
  try {
    return zstdDecompressSync(data, { maxOutputLength: Math.max(size, 1) });
  } catch (error) {
    throw new RangeError(`a page that cannot be unpacked: ${(error as Error).message}`, { cause: error });
  }
}
