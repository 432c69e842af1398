import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { newState } from '../../testing/new-state.ts';
import { sampleSymbol } from '../../testing/sample-records.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openPGliteDatabase } from './open.ts';

it('a folder that is not a database is refused with its name, and left as it is', async () => {
  const folder = join(await temporaryFolder(), 'database');
  await mkdir(folder);
  await writeFile(join(folder, 'PG_VERSION'), 'garbage');
  await expect(openPGliteDatabase(folder)).rejects.toMatchObject({
    code: 'state.damaged',
    message: expect.stringContaining(folder),
  });
});

it('a folder that lost its version file is refused and left as it is, and whole again with the file back', async () => {
  const folder = join(await newState(join(await temporaryFolder(), 'state')), 'database');
  const database = await openPGliteDatabase(folder);
  await database.db.insertInto('symbols').values(sampleSymbol()).execute();
  await database.close();
  const version = join(folder, 'PG_VERSION');
  await rename(version, `${folder}.version`);
  const control = await readFile(join(folder, 'global', 'pg_control'));
  await expect(openPGliteDatabase(folder)).rejects.toMatchObject({
    code: 'state.damaged',
    message: expect.stringMatching(/has files and no PG_VERSION.*nothing in it was changed.*copy of the state folder/s),
  });
  expect(await readFile(join(folder, 'global', 'pg_control'))).toEqual(control);
  expect(await readdir(folder)).not.toContain('PG_VERSION');

  await rename(`${folder}.version`, version);
  const restored = await openPGliteDatabase(folder);
  expect(await restored.db.selectFrom('symbols').select('symbol').execute()).toHaveLength(1);
  await restored.close();
});

it('an empty folder becomes a new database', async () => {
  const folder = join(await temporaryFolder(), 'database');
  await mkdir(folder);
  await (await openPGliteDatabase(folder)).close();
  expect(await readdir(folder)).toContain('PG_VERSION');
  if (process.platform === 'win32') return;
  const modes = (await readdir(folder, { recursive: true })).map((name) => statSync(join(folder, name)).mode & 0o022);
  expect(modes.length).toBeGreaterThan(900);
  expect(new Set(modes)).toEqual(new Set([0]));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

it('a disk without space is said as that, in words', async (context) => {
  const disk = await temporaryFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=5m', 'tmpfs', disk]).status === 0;
  context.skip(!mounted, 'only root may mount a small disk');
  onTestFinished(() => void spawnSync('umount', ['--lazy', disk]));
  await expect(openPGliteDatabase(join(disk, 'database'))).rejects.toMatchObject({
    code: 'state.unwritable',
    message: `the database in ${join(disk, 'database')} cannot be written: ENOSPC: no space left on the disk`,
  });
});
