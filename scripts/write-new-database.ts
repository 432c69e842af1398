// Packs the new database that the installed engine makes, with its tables, which a first start unpacks in place of
// making its own; after each update of @electric-sql/pglite, and before a release that has new migrations:
// `node scripts/run.mjs scripts/write-new-database.ts`.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { constants, zstdCompressSync } from 'node:zlib';
import { engineVersion, type NewDatabaseHead, packedFile } from '../packages/storage/src/new-database/new-database.ts';
import { makeNewDatabase } from '../packages/storage/src/testing/make-new-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'day-trade-new-database-'));
try {
  writeFileSync(packedFile, pack(folder, await makeNewDatabase(folder)));
} finally {
  rmSync(folder, { recursive: true });
}

function pack(folder: string, schemaVersion: number): Buffer {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => ({
    path: relative(folder, join(entry.parentPath, entry.name)),
    isFile: entry.isFile(),
  }));
  // A folder comes before what is in it.
  entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  const contents = entries.filter(({ isFile }) => isFile).map(({ path }) => readFileSync(join(folder, path)));
  const paths = entries.filter(({ isFile }) => isFile).map(({ path }) => path);
  const head: NewDatabaseHead = {
    engine: engineVersion(),
    schemaVersion,
    folders: entries.filter(({ isFile }) => !isFile).map(({ path }) => path),
    files: paths.map((path, index) => [path, contents[index]!.length]),
  };
  return zstdCompressSync(Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...contents]), {
    params: {
      [constants.ZSTD_c_compressionLevel]: 19,
      // The same tables lie in it three times, 7 MB apart: it has to see all at once.
      [constants.ZSTD_c_windowLog]: 26,
    },
  });
}
