import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { exposure } from './exposure.ts';
import { StateFolder } from './state-folder.ts';

const isRoot = process.getuid?.() === 0;
const open = (path: string) => StateFolder.open({ path, purpose: 'a test', now: Date.now });

describe.skipIf(process.platform === 'win32')('a state folder that exists already', () => {
  it.each([0o777, 0o1777, 0o770, 0o720])('with mode %o is refused with the command that mends it', async (mode) => {
    const folder = await temporaryFolder();
    chmodSync(folder, mode);
    await expect(open(folder)).rejects.toMatchObject({
      code: 'state.exposed',
      message: expect.stringContaining(`\`chmod go-w ${folder}\``),
    });
    chmodSync(folder, statSync(folder).mode & 0o755);
    await (await open(folder)).close();
  });

  it.each([0o700, 0o750, 0o755])('with mode %o is taken', async (mode) => {
    const folder = await temporaryFolder();
    chmodSync(folder, mode);
    await (await open(folder)).close();
  });

  it.skipIf(!isRoot)('of another user is refused', async () => {
    const folder = await temporaryFolder();
    chownSync(folder, 65_534, 65_534);
    await expect(open(folder)).rejects.toMatchObject({
      code: 'state.exposed',
      message: expect.stringMatching(/belongs to user 65534, and this process runs as user 0: `chown -R 0 /),
    });
  });

  it('is taken where the file system keeps no rights, as a file made for its owner alone shows', async () => {
    const folder = join(await temporaryFolder(), 'state');
    mkdirSync(folder);
    writeFileSync(join(folder, 'in-use'), '');
    for (const path of [folder, join(folder, 'in-use')]) chmodSync(path, 0o777);
    expect(exposure(folder, folder)).toBeUndefined();
  });
});

it.skipIf(!isRoot)('a volume that root gives to our group is ours, and not one that it gives to everyone', async () => {
  const folder = await temporaryFolder();
  chownSync(folder, 0, 54_321);
  const original = { geteuid: process.geteuid, getgroups: process.getgroups };
  Object.assign(process, { geteuid: () => 10_001, getgroups: () => [54_321] });
  try {
    chmodSync(folder, 0o2775);
    expect(exposure(folder, folder)).toBeUndefined();
    chmodSync(folder, 0o2777);
    expect(exposure(folder, folder)).toContain('can be written by everyone (mode 2777)');
  } finally {
    Object.assign(process, original);
  }
});

it.skipIf(!isRoot).each([
  ['0777', undefined],
  ['2777', undefined],
  ['1777', expect.stringContaining('can be written by everyone')],
])('a volume that root mounts for everyone, with mode %s, is ours where it is not as /tmp', async (mode, reason) => {
  const folder = await temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=64k,mode=${mode}`, 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', [folder]));
  const original = process.geteuid;
  Object.assign(process, { geteuid: () => 10_001 });
  onTestFinished(() => void Object.assign(process, { geteuid: original }));
  expect(exposure(folder, folder)).toEqual(reason);
});
