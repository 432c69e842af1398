import { spawnSync } from 'node:child_process';
import { cpSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest';
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

it('a folder that lost its version file is refused and left as it is, and whole again with the file back', {
  tags: ['long'],
}, async () => {
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

it('an empty folder becomes a new database', { tags: ['long'] }, async () => {
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

describe('a disk without space is said as that, in words', () => {
  async function smallDisk(context: TestContext, size: string): Promise<string> {
    const disk = await temporaryFolder();
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk]).status === 0;
    context.skip(!mounted, 'only root may mount a small disk');
    onTestFinished(() => void spawnSync('umount', ['--lazy', disk]));
    return join(disk, 'database');
  }

  it('where a new database is made', { tags: ['long'] }, async (context) => {
    const folder = await smallDisk(context, '5m');
    await expect(openPGliteDatabase(folder)).rejects.toMatchObject({
      code: 'state.unwritable',
      message: expect.stringContaining(`the database in ${folder} cannot be written: ENOSPC: no space left`),
    });
  });

  it('where one is opened', { tags: ['long'] }, async (context) => {
    const folder = await smallDisk(context, '64m');
    cpSync(join(await newState(join(await temporaryFolder(), 'state')), 'database'), folder, { recursive: true });
    expect(() => writeFileSync(`${folder}.more`, Buffer.alloc(64 << 20))).toThrow('ENOSPC');
    await expect(openPGliteDatabase(folder)).rejects.toMatchObject({
      code: 'state.unwritable',
      message: expect.stringContaining(
        `the database in ${folder} cannot be written: ENOSPC: no space left on the disk`,
      ),
    });
  });
});
