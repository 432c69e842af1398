import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '@daytrade/series';
import { checkBackup, openBackupPlace } from '@daytrade/storage/backup';
import { addBars, type BackupFolders, backUp, backupFolders, contentOf, openIn } from '@daytrade/storage/testing';
import { beforeAll, describe, expect, it } from 'vitest';

/** At how many moments each is killed; more by the environment. */
const moments = Number(process.env.DAYTRADE_TEST_KILLS ?? 2);

let folders: BackupFolders;
let old: Record<string, unknown>;
let newer: Record<string, unknown>;

beforeAll(async () => {
  folders = await backupFolders();
  old = await contentOf(folders.state);
  await backUp(folders, '2026-11-24T07:00:00.000Z');
  const stores = await openIn(folders.state);
  for (const code of ['0107', '0108']) await addBars(stores, code);
  await stores.close();
  newer = await contentOf(folders.state);
});

/** Runs the fixture and kills it after a while; returns its time, and whether it had ended by itself. */
async function run(work: 'backup' | 'restore', { state, target }: BackupFolders, killAfter?: number) {
  const fixture = join(import.meta.dirname, 'copy-state.fixture.ts');
  const child = spawn(process.execPath, [fixture, work, state, target], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  const ended = once(child, 'close');
  await once(child.stdout, 'data');
  const from = performance.now();
  if (killAfter !== undefined) {
    await Promise.race([sleep(killAfter), ended]);
    child.kill('SIGKILL');
  }
  await ended;
  return { took: performance.now() - from, whole: output.endsWith('ends\n') };
}

function* shares(seed: number): Generator<number> {
  const random = seededRandom(seed);
  for (let index = 0; index < moments; index += 1) yield (index + random()) / moments;
}

describe(`kill -9 at ${moments} random moments`, () => {
  it('of a backup leaves the backups of before, and the next one is whole', async () => {
    const target = `${folders.target}-killed`;
    const copy = () => {
      rmSync(target, { recursive: true, force: true });
      cpSync(folders.target, target, { recursive: true });
    };
    copy();
    const { took } = await run('backup', { ...folders, target });
    for (const share of shares(21)) {
      copy();
      const { whole } = await run('backup', { ...folders, target }, share * took);
      const { place } = await openBackupPlace({ ...folders, target, now: Date.now });
      const { backups: found, unreadable } = await place.list();
      expect(unreadable).toEqual([]);
      expect(found.length).toBeGreaterThanOrEqual(whole ? 2 : 1);
      // A backup with a manifest is whole, whenever the process was killed.
      const reading = { place, signal: new AbortController().signal, progress: () => undefined };
      for (const { id } of found) await checkBackup(await place.find(id), reading);
    }
    const { place } = await openBackupPlace({ ...folders, target, now: Date.now });
    const { length } = await place.ids();
    expect((await run('backup', { ...folders, target })).whole).toBe(true);
    expect(await place.ids()).toHaveLength(length + 1);
  });

  it('of a restore leaves the old state or the new one, and the next one is whole', async () => {
    const state = `${folders.state}-killed`;
    const copy = () => {
      rmSync(state, { recursive: true, force: true });
      cpSync(folders.state, state, { recursive: true });
    };
    copy();
    const { took } = await run('restore', { ...folders, state });
    expect(await contentOf(state)).toEqual(old);
    for (const share of shares(22)) {
      copy();
      const { whole } = await run('restore', { ...folders, state }, share * took);
      const found = await contentOf(state);
      if (whole) expect(found).toEqual(old);
      else expect([old, newer]).toContainEqual(found);
    }
    expect((await run('restore', { ...folders, state })).whole).toBe(true);
    expect(await contentOf(state)).toEqual(old);
  });
});
