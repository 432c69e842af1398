import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { JudgedPrediction } from '@daytrade/contracts';
import type { SymbolCode } from '@daytrade/market';
import type { JudgedRow } from '../database/tables.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Where the block of each symbol lies, in bytes from the end of the index. */
type ArchiveIndex = Readonly<Record<string, { readonly offset: number; readonly length: number }>>;

/** Bytes of the length of the index, a little-endian unsigned integer at the beginning. */
const headerBytes = 4;

/**
 * Judged predictions as bytes from which one symbol is read without the others: the length of the index, the index as
 * JSON, then for each symbol its rows as compressed JSON, oldest session first.
 */
export async function packJudged(rows: readonly JudgedRow[]): Promise<Uint8Array> {
  const bySymbol = Map.groupBy(rows, (row) => row.symbol);
  const index: Record<string, { offset: number; length: number }> = {};
  const blocks: Uint8Array[] = [];
  let offset = 0;
  for (const symbol of [...bySymbol.keys()].sort()) {
    const sorted = bySymbol.get(symbol)!.toSorted((one, other) => (one.session < other.session ? -1 : 1));
    const block = await compress(JSON.stringify(sorted.map(({ symbol: _symbol, ...judged }) => judged)));
    index[symbol] = { offset, length: block.byteLength };
    offset += block.byteLength;
    blocks.push(block);
  }
  const indexBytes = Buffer.from(JSON.stringify(index));
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(indexBytes.byteLength);
  return Buffer.concat([header, indexBytes, ...blocks]);
}

/** The rows of one symbol, oldest session first; empty when it has none. */
export async function unpackJudged(archive: Uint8Array, symbol: SymbolCode): Promise<readonly JudgedPrediction[]> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const blocksStart = headerBytes + bytes.readUInt32LE();
  const index = JSON.parse(bytes.toString('utf8', headerBytes, blocksStart)) as ArchiveIndex;
  const block = index[symbol];
  if (block === undefined) return [];
  const start = blocksStart + block.offset;
  return JSON.parse(String(await decompress(bytes.subarray(start, start + block.length)))) as JudgedPrediction[];
}
