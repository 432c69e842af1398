import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startHolder } from '../testing/start-holder.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { thisProcess } from './lock-holder.ts';
import { StateFolder } from './state-folder.ts';

const open = (path: string, options: Partial<Parameters<typeof StateFolder.open>[0]> = {}) =>
  StateFolder.open({ path, purpose: 'a test', now: Date.now, ...options });

/** Runs what follows with pids of its own, as a container does. */
const inContainer = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'];
const containers = spawnSync(inContainer[0]!, [...inContainer.slice(1), 'true']).status === 0;

describe.skipIf(!containers)('a holder in another container (skipped where `unshare --pid` is not allowed)', () => {
  it('is seen from outside, whatever its pid means here', async () => {
    const folder = await temporaryFolder();
    const holder = await startHolder(folder, { command: inContainer, purpose: 'daytrade up' });
    expect(holder.said).toBe('open');
    await expect(open(folder)).rejects.toMatchObject({
      code: 'state.locked',
      message: expect.stringMatching(
        /in use by process 1 \(daytrade up\) of another container \(host name .+\) since 2/,
      ),
    });
  });

  it('sees one outside, and one in a third', { tags: ['long'] }, async () => {
    const folder = await temporaryFolder();
    const state = await open(folder);
    const inside = await startHolder(folder, { command: inContainer });
    expect(inside.said).toMatch(/^state\.locked: .* in use by process \d+ \(a test\) of another container/);
    await state.close();
    expect((await startHolder(folder, { command: inContainer })).said).toBe('open');
    expect((await startHolder(folder, { command: inContainer })).said).toMatch(/^state\.locked: /);
  });

  it('is followed at once when it was killed', async () => {
    const folder = await temporaryFolder();
    const holder = await startHolder(folder, { command: inContainer });
    await holder.kill();
    const before = performance.now();
    await (await open(folder, { looks: { pauseMilliseconds: 60_000, patience: 1 } })).close();
    expect(performance.now() - before).toBeLessThan(30_000);
  });
});

describe('a holder that sleeps', () => {
  it('keeps the folder, so that it may go on when it wakes', async () => {
    const folder = await temporaryFolder();
    const holder = await startHolder(folder);
    process.kill(holder.pid, 'SIGSTOP');
    await expect(open(folder)).rejects.toMatchObject({ code: 'state.locked', details: { pid: holder.pid } });
    process.kill(holder.pid, 'SIGCONT');
    await expect(open(folder)).rejects.toMatchObject({ code: 'state.locked', details: { pid: holder.pid } });
  });
});

describe('a holder on another machine, whose lock the file system does not bring here', () => {
  const looks = { pauseMilliseconds: 40, patience: 10 };
  const elsewhere = { ...thisProcess('daytrade up', '2026-11-24T00:30:00.000Z'), boot: 'another', host: 'attic' };
  const lockText = (changed = {}) => JSON.stringify({ ...elsewhere, machine: 'another', ...changed });

  it('has the folder while it touches its lock', async () => {
    const folder = await temporaryFolder();
    const lock = join(folder, 'lock');
    writeFileSync(lock, lockText());
    let at = 1_700_000_000;
    const touching = setInterval(() => utimesSync(lock, at, at++), 100);
    onTestFinished(() => clearInterval(touching));
    await expect(open(folder, { looks })).rejects.toMatchObject({
      code: 'state.locked',
      message: expect.stringContaining(`process ${process.pid} (daytrade up) of another machine (host name attic)`),
    });
    expect(readFileSync(lock, 'utf8')).toBe(lockText());
  });

  it('is gone when its lock stood still for long, and not before', async () => {
    const folder = await temporaryFolder();
    writeFileSync(join(folder, 'lock'), lockText());
    const opening = open(folder, { looks });
    expect(await Promise.race([opening, sleep(200, 'waits')])).toBe('waits');
    await (await opening).close();
  });

  it('is gone at once when it is this machine, started again', async (context) => {
    const { machine, host } = thisProcess('', '');
    context.skip(machine === '', 'this machine has no id');
    const folder = await temporaryFolder();
    writeFileSync(join(folder, 'lock'), lockText({ machine, host }));
    await (await open(folder, { looks: { pauseMilliseconds: 60_000, patience: 1 } })).close();
  });

  it('learns once that the folder is another’s by now, and does not remove that one’s lock', async () => {
    const folder = await temporaryFolder();
    const lost: string[] = [];
    const state = await open(folder, { touchMilliseconds: 30, onLost: ({ message }) => lost.push(message) });
    await sleep(100);
    expect(lost).toEqual([]);
    writeFileSync(join(folder, 'lock'), lockText());
    await sleep(200);
    expect(lost).toEqual([expect.stringContaining('host name attic')]);
    await state.close();
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(lockText());
  });
});

describe.each(['lock', 'in-use'])('something else in the place of the file %s', (name) => {
  const kinds = {
    'symbolic link': (path: string) => symlinkSync('/nowhere/at/all', path),
    folder: (path: string) => mkdirSync(path),
    pipe: (path: string) => spawnSync('mkfifo', [path]),
  };
  it.each(Object.entries(kinds))('a %s: is named with what to do, and neither hangs nor loops', async (kind, make) => {
    const folder = await temporaryFolder();
    make(join(folder, name));
    await expect(open(folder)).rejects.toMatchObject({
      code: 'state.damaged',
      message: expect.stringMatching(new RegExp(`${join(folder, name)} is a ${kind}, expected a file; remove it`)),
    });
  });
});
