import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { assertNotExposed, exposure } from './exposure.ts';
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

  it('names the group or everyone, and another folder as a way out for the folder itself alone', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const { gid } = statSync(folder);
    chmodSync(folder, 0o770);
    chmodSync(file, 0o666);
    expect(exposure(folder, folder)).toBe(
      `${folder} can be written by group ${gid} (mode 770): \`chmod go-w ${folder}\`, or set DAYTRADE_STATE_DIR to a ` +
        'folder of your own',
    );
    expect(exposure(file, folder)).toBe(`${file} can be written by everyone (mode 666): \`chmod go-w ${file}\``);
    chmodSync(file, 0o644);
    expect(exposure(file, folder)).toBeUndefined();
    expect(() => assertNotExposed(file, folder)).not.toThrow();
    expect(() => assertNotExposed(folder, folder)).toThrow(expect.objectContaining({ code: 'state.exposed' }));
    expect(exposure(join(folder, 'missing'), folder)).toBeUndefined();
  });

  it('may be a link to a folder, but no file in it may be one', async () => {
    const folder = await temporaryFolder();
    const link = `${folder}-link`;
    symlinkSync(folder, link);
    onTestFinished(() => rmSync(link));
    chmodSync(folder, 0o700);
    expect(exposure(link, link)).toBeUndefined();
    expect(exposure(link, folder)).toContain('can be written by everyone (mode 777)');
    chmodSync(folder, 0o777);
    expect(exposure(link, link)).toContain('can be written by everyone (mode 777)');
  });

  it.each(['geteuid', 'getgroups'] as const)('is not looked at where the system has no %s', async (name) => {
    const folder = await temporaryFolder();
    chmodSync(folder, 0o777);
    const original = process[name];
    onTestFinished(() => void Object.assign(process, { [name]: original }));
    Object.assign(process, { [name]: undefined });
    expect(exposure(folder, folder)).toBeUndefined();
  });

  it.each([
    ['is for its owner alone', (file: string) => writeFileSync(file, '', { mode: 0o600 })],
    ['is a folder', (file: string) => mkdirSync(file)],
    ['is missing', () => undefined],
  ])('is refused where the file that was made for its owner alone %s', async (_what, make) => {
    const folder = await temporaryFolder();
    make(join(folder, 'in-use'));
    chmodSync(folder, 0o777);
    expect(exposure(folder, folder)).toContain('can be written by everyone');
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
    chmodSync(folder, 0o770);
    Object.assign(process, { getgroups: () => [10_001] });
    expect(exposure(folder, folder)).toContain('can be written by group 54321 (mode 770)');
    Object.assign(process, { geteuid: () => 0, getgroups: () => [54_321] });
    expect(exposure(folder, folder)).toContain('can be written by group 54321 (mode 770)');
    chownSync(folder, 10_001, 54_321);
    Object.assign(process, { geteuid: () => 10_001 });
    expect(exposure(folder, folder)).toContain('can be written by group 54321 (mode 770)');
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
  // Root itself gives nothing to itself, and a user no volume.
  Object.assign(process, { geteuid: () => 0 });
  expect(exposure(folder, folder)).toContain('can be written by everyone');
  chownSync(folder, 10_001, 0);
  Object.assign(process, { geteuid: () => 10_001 });
  expect(exposure(folder, folder)).toContain('can be written by everyone');
});
