import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { neededSchemaVersion } from '../../packages/storage/src/database/schema-version.ts';
import { engineVersion, packedFile, unpackNewDatabase } from '../../packages/storage/src/new-database/new-database.ts';
import { makeNewDatabase } from '../../packages/storage/src/testing/make-new-database.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** When each migration ran; and each new database has an identity of its own, which its log begins with. */
const ofEachOwn = ['base/5/16384', 'global/pg_control', 'pg_wal/000000010000000000000001'];

describe('the packed new database', () => {
  it('is that of the installed engine, file by file (node scripts/write-new-database.ts)', async () => {
    const [folder, other] = [temporaryFolder(), temporaryFolder()];
    const version = await unpackNewDatabase(folder, neededSchemaVersion);
    expect(version).toBeGreaterThanOrEqual(16);
    const packed = await contentsOf(folder);
    expect(await makeNewDatabase(other, version)).toBe(version);
    const made = await contentsOf(other);
    expect([...packed.keys()]).toEqual([...made.keys()]);
    const others = [...made].filter(([path, hash]) => packed.get(path) !== hash).map(([path]) => path);
    expect(others).toEqual(ofEachOwn);
    expect(packed.size).toBeGreaterThan(900);
  });

  it.each([
    ['is of another engine', neededSchemaVersion, `${engineVersion()}-other`],
    ['has newer tables', 15, engineVersion()],
  ])('is left where it %s, and nothing is written', async (_, schemaVersion, engine) => {
    const folder = temporaryFolder();
    expect(await unpackNewDatabase(folder, schemaVersion, engine)).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is small enough to be committed', async () => {
    expect((await readFile(packedFile)).length).toBeLessThan(1_500_000);
  });
});

/** Hash of each file by its path. */
async function contentsOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = new Map<string, string>();
  for (const path of paths.sort()) {
    contents.set(
      path.slice(folder.length + 1),
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );
  }
  return contents;
}
