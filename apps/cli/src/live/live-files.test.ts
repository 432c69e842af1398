import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PaperEvent, parseSettings } from '@daytrade/contracts';
import type { TradeDate } from '@daytrade/market';
import { OsLock } from '@daytrade/storage/os-lock';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { CommandContext } from '../command-context.ts';
import { liveStartCommand } from '../commands/live/start.ts';
import type { Connection } from '../platform/connection.ts';
import { assertNoProxy } from './assert-no-proxy.ts';
import { assertStillConfirmed, kabuPassword, readConfirmation } from './confirmation-file.ts';
import { FileLog } from './file-log.ts';
import { haltLive } from './halt-live.ts';
import { limits } from './limits.fixture.ts';
import { liveClock } from './live-clock.ts';
import { newestSessions } from './live-folder.ts';
import { nextLiveSession } from './next-live-session.ts';
import { paperHalt } from './paper-decision.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-'));
afterAll(() => rmSync(folder, { recursive: true }));

const whole = {
  broker: 'kabu-station',
  account: { number: '12345678', type: 'tax-withheld' },
  limits,
  validUntil: '2026-12-30',
  statement: 'Real orders may be sent from this account.',
};
const session = '2026-11-30' as TradeDate;
let files = 0;

function fileOf(content: unknown, mode = 0o600): string {
  files += 1;
  const path = join(folder, `${files}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  chmodSync(path, mode);
  return path;
}

describe('a confirmation', () => {
  it('is read', () => {
    expect(readConfirmation(fileOf(whole), session)).toEqual(whole);
  });

  it.each([
    ['open to a group', () => fileOf(whole, 0o640), 'its mode is 640, not 600'],
    ['open to all', () => fileOf(whole, 0o644), 'its mode is 644, not 600'],
    ['that may be run', () => fileOf(whole, 0o700), 'its mode is 700, not 600'],
    ['that is not there', () => join(folder, 'none'), 'it cannot be read (ENOENT)'],
    ['that is a folder', () => folder, 'it is not a file'],
    ['of something else than JSON', () => fileOf('account: 1'), 'it is not JSON'],
    ['without an account', () => fileOf({ ...whole, account: undefined }), 'account: '],
    ['without limits', () => fileOf({ ...whole, limits: {} }), 'limits.maxPosition: '],
    ['with something else', () => fileOf({ ...whole, more: 1 }), 'more'],
    ['with another statement', () => fileOf({ ...whole, statement: 'yes' }), 'statement: '],
    ['that has run out', () => fileOf({ ...whole, validUntil: '2026-11-27' }), 'validUntil: it held until 2026-11-27'],
  ])('%s is refused', (_, path, why) => {
    expect(() => readConfirmation(path(), session)).toThrow(
      expect.objectContaining({ code: 'trading.live-not-confirmed', message: expect.stringContaining(why) }),
    );
  });

  it('behind a link is refused', () => {
    const link = join(folder, 'link');
    symlinkSync(fileOf(whole), link);
    expect(() => readConfirmation(link, session)).toThrow('it is a link');
  });
});

it('is not confirmed any more where its file has changed, or is gone, before it decides', () => {
  const path = fileOf(whole);
  const before = readConfirmation(path, session);
  expect(() => assertStillConfirmed(path, session, before)).not.toThrow();
  writeFileSync(path, JSON.stringify({ ...whole, limits: { ...whole.limits, maxSessionLoss: 1 } }));
  expect(() => assertStillConfirmed(path, session, before)).toThrow('it has changed');
  rmSync(path);
  expect(() => assertStillConfirmed(path, session, before)).toThrow('it cannot be read');
});

it('waits for the halt of a paper book for a moment, and no longer', async () => {
  const hanging = (_route: unknown, { signal }: { readonly signal: AbortSignal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  const ml = { call: hanging } as unknown as Connection['ml'];
  expect(await paperHalt({ ml }, 50)).toBeUndefined();
});

it('asks the broker through no proxy', () => {
  const url = 'http://localhost:18080/kabusapi';
  const proxied = { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: 'http://proxy.example:3128' };
  expect(() => assertNoProxy(url, {}, [])).not.toThrow();
  expect(() => assertNoProxy(url, { ...proxied, NODE_USE_ENV_PROXY: undefined }, [])).not.toThrow();
  expect(() => assertNoProxy(url, proxied, [])).toThrow('expected localhost in NO_PROXY');
  expect(() => assertNoProxy(url, { HTTP_PROXY: 'http://proxy.example:3128' }, ['--use-env-proxy'])).toThrow(
    'NO_PROXY',
  );
  expect(() => assertNoProxy(url, { ...proxied, NO_PROXY: 'example.com, localhost' }, [])).not.toThrow();
});

it('has a clock that is never put back', async () => {
  const clock = liveClock(new FileLog(join(folder, 'none')), new AbortController().signal);
  const before = clock.now();
  const wall = vi.spyOn(Date, 'now').mockReturnValue(before - 3_600_000);
  try {
    expect(clock.now()).toBeGreaterThanOrEqual(before);
    wall.mockReturnValue(before + 3_600_000);
    expect(clock.now()).toBeGreaterThanOrEqual(before + 3_600_000);
  } finally {
    wall.mockRestore();
  }
});

it('reads the password out of its file alone, and never shows it', () => {
  const settings = (path: string) => parseSettings({ DAYTRADE_KABU_PASSWORD_FILE: path });
  expect(kabuPassword(settings(fileOf('a-password\n')))()).toBe('a-password');
  expect(() => kabuPassword(parseSettings({}))).toThrow('expected DAYTRADE_KABU_PASSWORD_FILE');
  expect(() => kabuPassword(settings(fileOf('a-password', 0o604)))).toThrow('its mode is 604');
  const refused = () => kabuPassword(settings(fileOf('two words')));
  expect(refused).toThrow('expected the password alone');
  expect(refused).not.toThrow('two words');
});

describe('daytrade live start', () => {
  const start = (environment: Record<string, string>, confirmation: string, more: object = {}) => {
    const settings = { ...parseSettings(environment), DAYTRADE_STATE_DIR: join(folder, 'state') };
    const book = { running: true, settings: { account: 'day-margin', synthetic: false }, halted: null };
    const connect = async () => ({ ml: { call: async () => book } });
    const terminal = { stderr: { write: () => true }, stdout: { write: () => true } };
    const context = { settings, terminal, connect, json: true, signal: new AbortController().signal };
    return liveStartCommand.run(context as unknown as CommandContext, { args: [], options: { confirmation, ...more } });
  };
  const on = { DAYTRADE_AUTOMATIC_TRADING: 'true' };

  it('has the whole session to close what it holds after Ctrl-C, and says what a second one leaves', () => {
    expect(liveStartCommand.endSeconds).toBeGreaterThan(8 * 3_600);
    expect(liveStartCommand.whenInterrupted).toContain('LEAVE them open');
  });

  it('is off by default, whatever is confirmed', async () => {
    await expect(start({}, fileOf(whole))).rejects.toMatchObject({ code: 'trading.live-off' });
  });

  it('is refused without a confirmation, a password, and a platform', async () => {
    const lasting = fileOf({ ...whole, validUntil: '2030-12-30' });
    const password = { ...on, DAYTRADE_KABU_PASSWORD_FILE: fileOf('a-password') };
    await expect(start(on, join(folder, 'none'))).rejects.toMatchObject({ code: 'trading.live-not-confirmed' });
    await expect(start(on, lasting)).rejects.toMatchObject({ message: expect.stringContaining('KABU_PASSWORD_FILE') });
    await expect(start(password, lasting)).rejects.toMatchObject({
      code: 'trading.live-not-ready',
      message: expect.stringContaining('daytrade up does not run'),
    });
  });

  it('is not tried either while a session runs, whose token would be void', async () => {
    const urls = { DAYTRADE_DATA_URL: 'http://localhost:1', DAYTRADE_ML_URL: 'http://localhost:2' };
    const environment = {
      ...on,
      ...urls,
      DAYTRADE_SCHEDULER_URL: 'http://localhost:3',
      DAYTRADE_KABU_URL: 'http://localhost:4/kabusapi',
      DAYTRADE_KABU_PASSWORD_FILE: fileOf('a-password'),
    };
    mkdirSync(join(folder, 'state', 'live', '12345678'), { recursive: true });
    const lock = OsLock.take(join(folder, 'state', 'live', '12345678', 'in-use'));
    const confirmation = fileOf({ ...whole, validUntil: '2030-12-30' });
    await expect(start(environment, confirmation, { dryRun: true })).rejects.toThrow('another process trades');
    lock?.release();
    await expect(start(environment, confirmation, { dryRun: true })).rejects.toThrow('POST /token: no answer');
  });
});

describe('the log of a live session', () => {
  const event = (key: string): PaperEvent => {
    return { key, session: null, order: null, at: '2026-11-30T00:00:00.000Z', by: 'a', kind: 'halted', reason: key };
  };

  it('takes events once, in order, all or none, and from one of two writers', async () => {
    const path = join(folder, 'log');
    const [one, other] = [new FileLog(path), new FileLog(path)];
    expect(await one.append(0, [event('1'), event('2')])).toBe(true);
    expect(await other.append(0, [event('3')])).toBe(false);
    expect(await other.append(1, [event('3')])).toBe(false);
    const both = await Promise.all([one.append(2, [event('4')]), other.append(2, [event('5')])]);
    expect(both.filter(Boolean)).toHaveLength(1);
    const keys = (await new FileLog(path).read()).map(({ key }) => key);
    expect(keys).toEqual(['1', '2', both[0] ? '4' : '5']);
    expect(statSync(join(path, '00000000.json')).mode & 0o777).toBe(0o600);
  });

  it('is halted by whoever asks, once, and not where it is over', async () => {
    const state = join(folder, 'halting');
    const author = { by: 'somebody', at: '2026-11-30T00:00:00.000Z', dryRun: false };
    const log = new FileLog(join(state, 'live', '12345678', session));
    await log.append(0, [{ ...event('decided'), kind: 'decided', orders: 0, why: null, refused: {}, nightCost: 0 }]);
    expect((await haltLive(state, 'tried', { ...author, dryRun: true })).live).toHaveLength(1);
    expect((await newestSessions(state))[0]?.book.halted).toBeUndefined();
    const halted = await haltLive(state, 'enough', author);
    expect(halted.live).toEqual([{ account: '12345678', session, openOrders: 0 }]);
    expect((await newestSessions(state))[0]?.book.halted?.reason).toBe('enough');
    expect(await haltLive(state, 'again', author)).toEqual({ live: [], failure: undefined });
  });

  it('is halted where that of another account cannot be read, which is said', async () => {
    const state = join(folder, 'damaged');
    const logOf = (account: string) => new FileLog(join(state, 'live', account, session));
    for (const account of ['11111111', '22222222']) await logOf(account).append(0, [event('halted before')]);
    writeFileSync(join(state, 'live', '11111111', session, '00000001.json'), 'half of it');
    await logOf('22222222').append(1, [{ ...event('released'), kind: 'released', reason: 'tried' }]);
    const author = { by: 'somebody', at: '2026-11-30T00:00:00.000Z', dryRun: false };
    const { live, failure } = await haltLive(state, 'enough', author);
    expect(live.map(({ account }) => account)).toEqual(['22222222']);
    expect(failure).toBeInstanceOf(SyntaxError);
  });
});

it.each([
  ['2026-11-29T23:30:00Z', false, '2026-11-30'],
  ['2026-11-29T23:59:30Z', false, '2026-12-01'],
  ['2026-11-30T02:00:00Z', true, '2026-11-30'],
  ['2026-11-30T02:00:00Z', false, '2026-12-01'],
  ['2026-11-30T07:00:00Z', true, '2026-12-01'],
  ['2026-11-28T02:00:00Z', false, '2026-11-30'],
])('is of the session that can still be traded whole: %s, begun: %s', (at, hasBegun, expected) => {
  expect(nextLiveSession(Date.parse(at), () => hasBegun)).toBe(expected);
});
