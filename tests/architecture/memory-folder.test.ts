import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openMemoryFolder } from '../support/memory-folder.ts';

/** No process has this pid: Linux gives none above 2^22. */
const noPid = 2 ** 22 + 1;

function newDisk(): string {
  const disk = mkdtempSync(join(tmpdir(), 'memory-disk-'));
  onTestFinished(() => rmSync(disk, { recursive: true, force: true }));
  return disk;
}

it('the folder of tests that were killed is removed by the next ones, and that of tests that run stays', async () => {
  const disk = newDisk();
  const killed = join(disk, `day-trade-tests-${hostname()}-${noPid}-0-1`);
  const running = join(disk, `day-trade-tests-${hostname()}-${process.ppid}-0-1`);
  const elsewhere = join(disk, `day-trade-tests-another-${noPid}-0-1`);
  for (const folder of [killed, running, elsewhere]) mkdirSync(folder);
  writeFileSync(join(killed, 'file'), 'memory');
  const own = await openMemoryFolder(disk, 0);
  expect(own).toContain(`-${process.pid}-`);
  expect([killed, running, elsewhere, own!].map((folder) => existsSync(folder))).toEqual([false, true, true, true]);
});

it('tests are on their usual disk where that in memory is absent, has no room, or cannot be written', async () => {
  const disk = newDisk();
  expect(await openMemoryFolder(join(disk, 'absent'), 1)).toBeUndefined();
  expect(await openMemoryFolder(disk, Number.MAX_SAFE_INTEGER)).toBeUndefined();
  expect(readdirSync(disk)).toEqual([]);
  const file = join(disk, 'file');
  writeFileSync(file, '');
  expect(await openMemoryFolder(file, 0)).toBeUndefined();
});
