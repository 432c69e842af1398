import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { JudgedPrediction } from '@daytrade/contracts';
import type { SymbolCode } from '@daytrade/market';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Where the block of each symbol lies, in bytes from the end of the index. */
type ArchiveIndex = Readonly<Record<string, { readonly offset: number; readonly length: number }>>;

/** Bytes of the length of the index, a little-endian unsigned integer at the beginning. */
const headerBytes = 4;

/** The judged predictions of a symbol. */
export type JudgedOfSymbol = readonly [symbol: SymbolCode, judged: readonly JudgedPrediction[]];

/**
 * Judged predictions as bytes from which one symbol is read without the others: the length of the index, the index as
 * JSON, then for each symbol its rows as compressed JSON, oldest session first.
 *
 * @param bySymbol each symbol once; taken one after another, so that only one's rows are held at a time
 */
export async function packJudged(bySymbol: Iterable<JudgedOfSymbol>): Promise<Uint8Array> {
  const compressed: [SymbolCode, Uint8Array][] = [];
  for (const [symbol, judged] of bySymbol) {
    const sorted = judged.toSorted((one, other) => (one.session < other.session ? -1 : 1));
    compressed.push([symbol, await compress(JSON.stringify(sorted))]);
  }
  compressed.sort(([one], [other]) => (one < other ? -1 : 1));
  const index: Record<string, { offset: number; length: number }> = {};
  let offset = 0;
  for (const [symbol, { byteLength: length }] of compressed) {
    index[symbol] = { offset, length };
    offset += length;
  }
  const indexBytes = Buffer.from(JSON.stringify(index));
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(indexBytes.byteLength);
  return Buffer.concat([header, indexBytes, ...compressed.map(([, block]) => block)]);
}

/** Judged predictions of which one symbol after another is read. */
export interface JudgedArchive {
  /** The rows of one symbol, oldest session first; empty when it has none. */
  rowsOf(symbol: SymbolCode): Promise<readonly JudgedPrediction[]>;
}

/** Reads the index of an archive, and then what is asked for. */
export function openJudged(archive: Uint8Array): JudgedArchive {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const blocksStart = headerBytes + bytes.readUInt32LE();
  const index = JSON.parse(bytes.toString('utf8', headerBytes, blocksStart)) as ArchiveIndex;
  return {
    rowsOf: async (symbol) => {
      const block = index[symbol];
      if (block === undefined) return [];
      const start = blocksStart + block.offset;
      return JSON.parse(String(await decompress(bytes.subarray(start, start + block.length)))) as JudgedPrediction[];
    },
  };
}
