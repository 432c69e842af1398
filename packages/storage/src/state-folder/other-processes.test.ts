import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startHolder } from '../testing/start-holder.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { StateFolder } from './state-folder.ts';

const open = (path: string) => StateFolder.open({ path, purpose: 'a test', now: Date.now });

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
      message: expect.stringMatching(/in use by process 1 \(daytrade up\) since 2/),
    });
  });

  it('is followed at once when it was killed', async () => {
    const folder = await temporaryFolder();
    const holder = await startHolder(folder, { command: inContainer });
    await holder.kill();
    await (await open(folder)).close();
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

it('names the host of a holder on another machine', async () => {
  const folder = await temporaryFolder();
  const holder = await startHolder(folder);
  const elsewhere = { pid: holder.pid, purpose: 'daytrade up', since: '2026-11-24T00:30:00.000Z', host: 'attic' };
  writeFileSync(join(folder, 'lock'), JSON.stringify(elsewhere));
  const message = expect.stringContaining(`process ${holder.pid} (daytrade up) of host attic since 2026-11-24`);
  await expect(open(folder)).rejects.toMatchObject({ code: 'state.locked', message });
});
