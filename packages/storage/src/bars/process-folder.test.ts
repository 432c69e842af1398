import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openProcessFolder } from './process-folder.ts';

it('each call has an empty folder of its own for this user alone, below folders that are made', async () => {
  const parent = join(await temporaryFolder(), 'a', 'b');
  const [one, other] = [await openProcessFolder(parent, 'bars'), await openProcessFolder(parent, 'bars')];
  expect(one).not.toBe(other);
  expect(basename(one)).toMatch(new RegExp(`^bars-${process.pid}-\\d+-\\d+$`));
  for (const folder of [one, other]) {
    expect(readdirSync(folder)).toEqual([]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  }
});

it('folders of dead processes go, and those of living ones, of other names and other files stay', async () => {
  const parent = await temporaryFolder();
  // No process has this number: it is above the highest one of Linux.
  const dead = ['bars-99999999-0-1', 'bars-99999999-1-2'];
  const kept = ['drill-99999999-0-1', `bars-${process.ppid}-0-1`, `bars-${process.pid}-0-999999`, 'bars-x', 'notes'];
  for (const name of [...dead, ...kept]) mkdirSync(join(parent, name, 'full'), { recursive: true });
  await openProcessFolder(parent, 'bars');
  expect(dead.filter((name) => existsSync(join(parent, name)))).toEqual([]);
  expect(kept.filter((name) => existsSync(join(parent, name, 'full')))).toEqual(kept);
});

it('a folder that cannot be made is named', async () => {
  const parent = join(await temporaryFolder(), 'file');
  writeFileSync(parent, '');
  await expect(openProcessFolder(parent, 'bars')).rejects.toMatchObject({
    code: 'state.unwritable',
    message: expect.stringContaining(join(parent, 'bars-')),
  });
});
