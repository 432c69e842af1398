import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';

/** What a new database consists of: the head of the packed file, a line of JSON. */
export interface NewDatabaseHead {
  /** Version of the engine that made it. */
  readonly engine: string;
  /** Schema version of its tables. */
  readonly schemaVersion: number;
  readonly folders: readonly string[];
  /** Path and bytes of each; their contents follow the head in this order. */
  readonly files: readonly (readonly [path: string, bytes: number])[];
}

/** Written by `node scripts/run.mjs scripts/write-new-database.ts`. */
export const packedFile = join(import.meta.dirname, 'new-database.zst');

/**
 * Puts a new database with its tables into an empty folder: what the engine itself takes seconds of a processor and a
 * gigabyte of memory to make, and makes the same each time.
 *
 * @param schemaVersion that its tables may have at most, since migrations lead forward only
 * @returns schema version of its tables; nothing where the packed one is that of another version of the engine, which
 *   then makes its own, or has newer tables
 */
export async function unpackNewDatabase(
  folder: string,
  schemaVersion: number,
  engine: string = engineVersion(),
): Promise<number | undefined> {
  const packed = await promisify(zstdDecompress)(await readFile(packedFile));
  const begin = packed.indexOf('\n') + 1;
  const head = JSON.parse(packed.toString('utf8', 0, begin)) as NewDatabaseHead;
  if (head.engine !== engine || head.schemaVersion > schemaVersion) return undefined;
  for (const path of head.folders) mkdirSync(join(folder, path), { mode: 0o700 });
  let at = begin;
  for (const [path, bytes] of head.files) {
    writeFileSync(join(folder, path), packed.subarray(at, at + bytes), { mode: 0o600 });
    at += bytes;
  }
  return head.schemaVersion;
}

/** Version of the engine that is installed. */
export function engineVersion(): string {
  const require = createRequire(import.meta.url);
  const manifest = join(dirname(require.resolve('@electric-sql/pglite')), '..', 'package.json');
  return (require(manifest) as { readonly version: string }).version;
}
