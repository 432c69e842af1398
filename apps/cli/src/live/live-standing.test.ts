import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings } from '@daytrade/contracts';
import { OsLock } from '@daytrade/storage/os-lock';
import { afterAll, describe, expect, it } from 'vitest';
import type { CommandContext } from '../command-context.ts';
import { liveStatusCommand } from '../commands/live/status.ts';
import { paperStatusCommand } from '../commands/paper/status.ts';
import { positionsCommand } from '../commands/positions.ts';
import type { CommandDefinition } from '../define-command.ts';
import { FileLog } from './file-log.ts';
import { keepLimits, keptLimits } from './kept-limits.ts';
import { limits } from './limits.fixture.ts';

const state = mkdtempSync(join(tmpdir(), 'live-standing-'));
afterAll(() => rmSync(state, { recursive: true }));

const session = '2026-11-30';

describe('what is shown of a live session', () => {
  const live = (account: string) => join(state, 'live', account);
  const author = { at: '2026-11-30T00:00:00.000Z', by: 'somebody', session: null, order: null } as const;

  /** What a command writes for a person, for a script, and beside it. */
  async function shown(command: CommandDefinition, more: Record<string, string> = {}) {
    const settings = { ...parseSettings(more), DAYTRADE_STATE_DIR: state };
    const connect = async () => ({ ml: { call: async () => ({ settings: null, positions: [] }) } });
    const written = async (json: boolean) => {
      let [out, notes] = ['', ''];
      const stdout = { write: (text: string) => (out += text) };
      const stderr = { write: (text: string) => (notes += text) };
      const context = { settings, json, connect, terminal: { stdout, stderr } } as unknown as CommandContext;
      await command.run(context, { args: [], options: {} });
      return [out, notes] as const;
    };
    const [[text, notes], [json]] = [await written(false), await written(true)];
    return { text, notes, json: JSON.parse(json) as object };
  }

  it('is whether it is on, when there was none', async () => {
    const { text, json } = await shown(liveStatusCommand);
    expect(text).toContain('Automatic trading is off here');
    expect(text).toContain('There was never a live session');
    expect(json).toEqual({ automaticTrading: false, sessions: [] });
    expect((await shown(liveStatusCommand, { DAYTRADE_AUTOMATIC_TRADING: 'true' })).json).toMatchObject({
      automaticTrading: true,
    });
    expect(await shown(paperStatusCommand)).toMatchObject({ notes: '', json: { live: [] } });
  });

  it('is its limits, and whether a process trades it, before anything was decided', async () => {
    await keepLimitsOf('12345678');
    const lock = OsLock.take(join(live('12345678'), 'in-use'));
    const { text, json } = await shown(liveStatusCommand);
    lock?.release();
    expect(json).toMatchObject({ sessions: [{ state: 'running', isTraded: true, limits }] });
    expect(text).toContain('500,000 yen a symbol, 1,000,000 in all, 30,000 lost');
    expect(text).toContain('20 orders a minute, 10.0 % from the last price, prices of 30 s');
    expect(text).not.toContain('NO PROCESS');
    expect((await shown(liveStatusCommand)).text).toContain('NO PROCESS   trades it');
  });

  it('is a note beside the paper book while it is not over', async () => {
    const log = new FileLog(join(live('12345678'), session));
    const lock = OsLock.take(join(live('12345678'), 'in-use'));
    const running = 'REAL ORDERS: live session 2026-11-30 of account 12345678 is running.';
    for (const command of [paperStatusCommand, positionsCommand]) {
      expect((await shown(command)).notes).toContain(running);
    }
    await log.append(0, [{ ...author, key: 'halted', kind: 'halted', reason: 'enough' }]);
    expect(await shown(paperStatusCommand)).toMatchObject({
      notes: expect.stringContaining('is halted'),
      json: { live: [{ account: '12345678', session, state: 'halted', isTraded: true, limits }] },
    });
    lock?.release();
    expect((await shown(positionsCommand)).notes).toContain('was left by its process');
    await log.append(1, [{ ...author, key: 'stopped', kind: 'stopped' }]);
    expect(await shown(paperStatusCommand)).toMatchObject({ notes: '', json: { live: [] } });
    expect((await shown(liveStatusCommand)).text).not.toContain('NO PROCESS');
  });

  it('is said not to be known where its files cannot be read', async () => {
    mkdirSync(live('22222222'), { recursive: true });
    writeFileSync(join(live('22222222'), 'limits.json'), 'half of it');
    mkdirSync(join(live('22222222'), session));
    writeFileSync(join(live('22222222'), session, '00000000.json'), 'half of it');
    expect((await shown(positionsCommand)).notes).toContain('whether real orders are sent is not known');
  });

  async function keepLimitsOf(account: string): Promise<void> {
    mkdirSync(join(live(account), session), { recursive: true });
    await keepLimits(live(account), '2026-11-27', { ...limits, maxPosition: 1 });
    expect(await keptLimits(live(account), session)).toBeUndefined();
    await keepLimits(live(account), session, limits);
    expect(statSync(join(live(account), 'limits.json')).mode & 0o777).toBe(0o600);
  }
});
