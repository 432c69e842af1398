import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';

/** What a new database consists of before its first table: the head of the packed file, a line of JSON. */
export interface NewDatabaseHead {
  /** Version of the engine that made it. */
  readonly engine: string;
  readonly folders: readonly string[];
  /** Path and bytes of each; their contents follow the head in this order. */
  readonly files: readonly (readonly [path: string, bytes: number])[];
}

/** Written by `node scripts/write-new-database.ts`. */
export const packedFile = join(import.meta.dirname, 'new-database.zst');

/**
 * Puts a new database into an empty folder: what the engine itself takes four seconds of a processor and a gigabyte of
 * memory to make, and makes the same each time.
 *
 * @returns whether it did; not where the packed one is that of another version of the engine, which then makes its own
 */
export async function unpackNewDatabase(folder: string, engine: string = engineVersion()): Promise<boolean> {
  const packed = await promisify(zstdDecompress)(await readFile(packedFile));
  const begin = packed.indexOf('\n') + 1;
  const head = JSON.parse(packed.toString('utf8', 0, begin)) as NewDatabaseHead;
  if (head.engine !== engine) return false;
  for (const path of head.folders) await mkdir(join(folder, path), { mode: 0o700 });
  let at = begin;
  for (const [path, bytes] of head.files) {
    await writeFile(join(folder, path), packed.subarray(at, at + bytes), { mode: 0o600 });
    at += bytes;
  }
  return true;
}

/** Version of the engine that is installed. */
export function engineVersion(): string {
  const require = createRequire(import.meta.url);
  const manifest = join(dirname(require.resolve('@electric-sql/pglite')), '..', 'package.json');
  return (require(manifest) as { readonly version: string }).version;
}
