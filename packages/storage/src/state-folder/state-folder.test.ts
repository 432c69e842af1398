import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startHolder } from '../testing/start-holder.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { StateFolder } from './state-folder.ts';

const now = () => Date.UTC(2026, 10, 24, 0, 30);

describe('the state folder', () => {
  it('is made for its owner only, and is free again after it was closed', async () => {
    const path = join(await temporaryFolder(), 'deep', 'state');
    const state = await StateFolder.open({ path, purpose: 'daytrade up', now });
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(state.join('bars', '1d')).toBe(join(path, 'bars', '1d'));
    expect(JSON.parse(readFileSync(join(path, 'lock'), 'utf8'))).toMatchObject({
      pid: process.pid,
      purpose: 'daytrade up',
      since: '2026-11-24T00:30:00.000Z',
    });
    await state.close();
    expect(readdirSync(path)).toEqual(['in-use']);
    if (process.platform !== 'win32') expect(statSync(join(path, 'in-use')).mode & 0o777).toBe(0o600);
    await (await StateFolder.open({ path, purpose: 'again', now })).close();
  });

  it('refuses a second opening with the pid, the purpose and the time of the first', async () => {
    const path = await temporaryFolder();
    const holder = await startHolder(path, { purpose: 'daytrade up' });
    expect(holder.said).toBe('open');
    await expect(StateFolder.open({ path, purpose: 'daytrade train', now })).rejects.toMatchObject({
      code: 'state.locked',
      message: expect.stringMatching(
        new RegExp(`in use by process ${holder.pid} \\(daytrade up\\) since \\d{4}-\\d{2}-\\d{2}T`),
      ),
      details: { pid: holder.pid },
    });
  });

  it('refuses a second opening within the same process', async () => {
    const path = await temporaryFolder();
    const state = await StateFolder.open({ path, purpose: 'first', now });
    await expect(StateFolder.open({ path, purpose: 'second', now })).rejects.toMatchObject({ code: 'state.locked' });
    await state.close();
  });

  it('lets exactly one of several starters win, also over a dead lock', { tags: ['long'] }, async () => {
    const path = await temporaryFolder();
    for (let round = 0; round < 3; round += 1) {
      const starters = await Promise.all(Array.from({ length: 5 }, () => startHolder(path)));
      const winners = starters.filter(({ said }) => said === 'open');
      expect(winners).toHaveLength(1);
      const losers = starters.filter((starter) => starter !== winners[0]);
      for (const { said } of losers) expect(said).toMatch(/^state\.locked: /);
      expect(readdirSync(path)).toEqual(['in-use', 'lock']);
      await Promise.all(starters.map((starter) => starter.kill()));
    }
  });

  it('says that a folder cannot be written and why', async () => {
    const file = join(await temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(StateFolder.open({ path: join(file, 'state'), purpose: 'x', now })).rejects.toMatchObject({
      code: 'state.unwritable',
      message: expect.stringContaining(file),
    });
  });
});
