import { dayNumber, parseTradeDate, type TradeDate } from '@daytrade/market';
import { describe, expect, it, onTestFinished } from 'vitest';
import { jquantsStandIn } from '../../testing/jquants-stand-in.ts';
import { startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { TokenBucket } from '../network/token-bucket.ts';
import { type ContextOptions, providerContext, storedUpTo } from '../provider-context.fixture.ts';
import { jquants } from './jquants.ts';

type Request = Parameters<typeof jquants.hasNews>[0];
const request = (more: Partial<Request> = {}): Request => ({ provider: 'jquants', ...more });
const key = { DAYTRADE_JQUANTS_API_KEY: 'a-key-that-nobody-may-see' };
const light = { DAYTRADE_JQUANTS_PLAN: 'light' };
const day = (text: string) => parseTradeDate(text);

describe('a request to J-Quants', () => {
  it.each<[Partial<Record<keyof Request, unknown>>, string | undefined]>([
    [{}, undefined],
    [{ symbols: ['7203'] }, undefined],
    [{ universe: 'topix100', formerMembers: true }, undefined],
    [{ formerMembers: true }, undefined],
    [{ symbols: ['7203'], universe: 'topix100' }, 'universe'],
    [{ symbols: ['7203'], formerMembers: true }, 'formerMembers'],
    [{ from: '2025-01-07', to: '2025-01-07' }, undefined],
    [{ from: '2025-01-08', to: '2025-01-07' }, 'from'],
    [{ minuteSessions: 0 }, undefined],
    [{ minuteSessions: 480 }, undefined],
    [{ minuteSessions: 481 }, 'minuteSessions'],
    [{ minuteSessions: -1 }, 'minuteSessions'],
    [{ symbols: [] }, 'symbols'],
  ])('with %j has the fault %s', (fields, fault) => {
    const parsed = jquants.request.safeParse({ provider: 'jquants', ...fields });
    expect(parsed.error?.issues.map(({ path }) => path[0]) ?? []).toEqual(fault === undefined ? [] : [fault]);
  });

  it('is of the universe of the settings where it names neither symbols nor a universe', () => {
    const { settings } = providerContext({ settings: { DAYTRADE_UNIVERSE: '7203,6501' } });
    expect(jquants.defaults!({}, settings)).toEqual({ symbols: ['7203', '6501'] });
    expect(jquants.defaults!({ symbols: ['7267'] }, settings)).toEqual({});
    expect(jquants.defaults!({ universe: 'topix100' }, settings)).toEqual({});
    expect(jquants.configured(settings)).toEqual({ provider: 'jquants' });
  });
});

describe('an update of J-Quants', () => {
  const { settings } = providerContext({ settings: { DAYTRADE_UNIVERSE: 'topix100' } });

  it('goes on with the symbols or the universe of a fetch, without its days', () => {
    const days = { from: '2024-01-04', to: '2024-06-28', listingsFrom: '2024-01-04' } as Partial<Request>;
    const repeated = (more: Partial<Request>) => jquants.repeated(request({ ...days, ...more }), settings);
    expect(repeated({ symbols: ['7203'], priceBasis: 'traded' })).toEqual({
      name: 'jquants symbols traded',
      request: { provider: 'jquants', symbols: ['7203'], priceBasis: 'traded' },
    });
    expect(repeated({ universe: 'topix500', formerMembers: true, minuteSessions: 5 })).toEqual({
      name: 'jquants topix500',
      request: { provider: 'jquants', universe: 'topix500', formerMembers: true, minuteSessions: 5 },
    });
    expect(repeated({})?.name).toBe('jquants topix100');
    expect(repeated({ again: true })).toBeUndefined();
    expect(repeated({ again: false })?.name).toBe('jquants topix100');
  });

  it('joins the symbols of two fetches, and keeps former members once they were asked for', () => {
    const [one, other] = [request({ symbols: ['7203'] }), request({ symbols: ['6501', '7203'] })];
    expect(jquants.joined!(one, other)).toEqual(request({ symbols: ['7203', '6501'] }));
    const former = request({ universe: 'topix100', formerMembers: true });
    expect(jquants.joined!(request({ universe: 'topix100' }), former)).toEqual(former);
  });

  it('repairs bars by asking for days that are stored too', () => {
    expect(jquants.repair({ symbols: ['7203'], from: day('2025-01-06') }, [])).toEqual([
      { request: { provider: 'jquants', symbols: ['7203'], again: true, from: '2025-01-06' }, source: 'J-Quants' },
    ]);
  });

  // The bars of Monday 2025-06-02 are there from 16:30 on.
  const now = '2025-06-02T17:00:00+09:00';
  const [monday, friday] = ['2025-06-02', '2025-05-30'];
  const at = (time: string) => Date.parse(`2025-06-02T${time}+09:00`);
  const hasNews = (more: ContextOptions, fetchedAt: number, fields: Partial<Request> = {}) =>
    jquants.hasNews(
      request(fields),
      fetchedAt,
      providerContext({ now, ...more, settings: { ...light, ...more.settings } }),
    );

  it.each([
    ['nothing is stored', [], at('16:59:00'), true],
    ['every symbol is behind', [friday, friday], at('16:59:00'), true],
    ['every symbol is up to date', [monday, monday], 0, false],
    ['a symbol is behind, and nothing was fetched', [monday, friday], 0, true],
    ['a symbol is behind since a fetch before the bars were there', [monday, friday], at('16:29:59'), true],
    ['a symbol is behind since a fetch that had them', [monday, friday], at('16:30:00'), false],
  ])('has something to fetch where %s', async (_, dates, fetchedAt, expected) => {
    const stored = dates.map((date, index) => storedUpTo(String(7201 + index), date));
    expect(await hasNews({ stored }, fetchedAt)).toBe(expected);
  });

  it('looks at the real bars of its symbols alone', async () => {
    const stored = [storedUpTo('7203', monday), storedUpTo('6501', friday)];
    expect(await hasNews({ stored }, 0, { symbols: ['7203'] })).toBe(false);
    expect(await hasNews({ stored }, 0, { symbols: ['6501'] })).toBe(true);
    expect(await hasNews({ stored: [storedUpTo('7203', monday, { synthetic: true })] }, at('16:59:00'))).toBe(true);
  });

  it.each([
    ['no minute bars are asked for', 0, ['7203'], [], false],
    ['there never were any', 5, [], [], false],
    ['only other symbols have any', 5, ['9999'], [], false],
    ['those of the newest session are missing', 5, ['7203'], [], true],
    ['those of the newest session are stored', 5, ['7203'], ['7203'], false],
    ['one symbol has those of the newest session', 5, ['7203', '6501'], ['6501'], false],
  ])('has minute bars to fetch where %s', async (_, minuteSessions, withMinutes, withNewest, expected) => {
    const asked: unknown[] = [];
    const context: ContextOptions = {
      stored: [storedUpTo('7203', monday), storedUpTo('6501', monday)],
      intradaySymbols: async () => withMinutes,
      storedIntraday: async (symbol, range) => {
        asked.push(range);
        return withNewest.includes(symbol) ? [at('09:00:00')] : [];
      },
    };
    expect(await hasNews(context, at('16:59:00'), { minuteSessions })).toBe(expected);
    const setting = { DAYTRADE_JQUANTS_MINUTE_SESSIONS: String(minuteSessions) };
    expect(await hasNews({ ...context, settings: setting }, at('16:59:00'))).toBe(expected);
    for (const range of asked) expect(range).toEqual({ from: monday, to: monday });
  });
});

it('the setup of J-Quants asks for the plan, the symbols and minute bars, of which none are the default', () => {
  expect(jquants.setup.questions.map(({ setting, leavesDefault = false }) => [setting, leavesDefault])).toEqual([
    ['DAYTRADE_JQUANTS_PLAN', false],
    ['DAYTRADE_UNIVERSE', false],
    ['DAYTRADE_JQUANTS_MINUTE_SESSIONS', true],
  ]);
  expect([jquants.incremental, jquants.listedBeforeRun]).toEqual([true, false]);
});

describe('TOPIX of J-Quants', () => {
  const index = (settings: Readonly<Record<string, string>>) =>
    jquants.indexSeries!(providerContext({ settings, now: '2025-06-02T17:00:00+09:00' }));

  it('needs a key and a plan that has it', () => {
    expect(index(light)).toBeUndefined();
    expect(index({ ...key, DAYTRADE_JQUANTS_PLAN: 'free' })).toBeUndefined();
    const expected = { name: 'topix', firstDay: '2020-06-09', newestDay: '2025-06-02' };
    expect(index({ ...key, ...light })).toMatchObject(expected);
    const file = { DAYTRADE_JQUANTS_API_KEY_FILE: '/run/secrets/jquants' };
    expect(index({ ...file, ...light })).toMatchObject(expected);
  });

  it('has a row for each day, and the fault of one that cannot be read', async () => {
    const rows = [
      { Date: '2025-05-30', C: 2_801.57 },
      { Date: '2025-02-30', C: 1 },
      { Date: 20250602, C: 1 },
      { Date: '2025-06-02', C: '2777.29' },
      { Date: '2025-06-02' },
    ];
    const server = await startReplayServer(() => ({ body: JSON.stringify({ data: rows }) }));
    onTestFinished(() => server.close());
    const series = index({ ...key, ...light, DAYTRADE_JQUANTS_URL: server.url })!;
    const range = { from: day('2025-05-30'), to: day('2025-06-02') };
    const fault = (reason: string, message: string) => ({ value: Number.NaN, fault: { reason, message } });
    const [friday, monday] = [dayNumber(range.from), dayNumber(range.to)];
    expect(await series.read(range, AbortSignal.any([]))).toEqual([
      { line: friday, day: friday, value: 2_801.57 },
      { line: 0, day: undefined, ...fault('date-invalid', 'Date: expected YYYY-MM-DD, got "2025-02-30"') },
      { line: 0, day: undefined, ...fault('date-invalid', 'Date: expected YYYY-MM-DD, got 20250602') },
      { line: monday, day: monday, ...fault('not-a-number', 'C: expected a number, got "2777.29"') },
      { line: monday, day: monday, ...fault('not-a-number', 'C: expected a number, got undefined') },
    ]);
    expect(server.requests.map(({ path, query }) => [path, query])).toEqual([['/indices/bars/daily/topix', range]]);
  });
});

describe('the provider of a request to J-Quants', () => {
  const now = '2025-06-02T17:00:00+09:00';
  const open = (fields: Partial<Request>, more: ContextOptions = {}) =>
    jquants.open(request(fields), providerContext({ now, ...more, settings: { ...key, ...light, ...more.settings } }));

  it.each([
    ['light', '2025-06-02', '2025-06-03', 'a bar is there an hour after the close of its session'],
    ['free', '2025-03-10', '2025-03-11', 'the free plan holds bars back for 12 weeks'],
  ])('of the %s plan has days up to %s', (plan, newest, late, why) => {
    const settings = { DAYTRADE_JQUANTS_PLAN: plan };
    expect(() => open({ to: day(newest) }, { settings })).not.toThrow();
    expect(() => open({ to: day(late) }, { settings })).toThrow(
      `to: expected a day up to ${newest}, since ${why}, got "${late}"`,
    );
  });

  it('needs a key, and a universe for former members', () => {
    expect(() => jquants.open(request(), providerContext())).toThrow('expected the key of J-Quants');
    const settings = { DAYTRADE_UNIVERSE: '7203,6501' };
    expect(() => open({ formerMembers: true }, { settings })).toThrow('formerMembers: expected a universe');
    expect(() => open({}, { settings })).not.toThrow();
    expect(() => open({ formerMembers: true, universe: 'topix100' }, { settings })).not.toThrow();
  });

  /** Lists and reads everything from a stand-in; returns the notes, and the days asked for of bars. */
  async function fetchAll(fields: Partial<Request>, more: ContextOptions = {}) {
    const [from, to] = ['2025-05-26', '2025-06-02'];
    const standIn = jquantsStandIn({
      symbols: 2,
      from,
      to,
      apiKey: key.DAYTRADE_JQUANTS_API_KEY,
      minutes: { from, to },
    });
    const server = await startReplayServer(standIn);
    onTestFinished(() => server.close());
    const limits: unknown[] = [];
    const provider = open(fields, {
      ...more,
      settings: { DAYTRADE_JQUANTS_URL: server.url, ...more.settings },
      bucket: (...limit) => {
        limits.push(limit);
        return new TokenBucket(limit[1], new SimulatedClock(now));
      },
    });
    const { sources, notes } = await provider.list();
    const bases = [];
    for (const source of sources) bases.push((await provider.read(source)).priceBasis);
    const asked = server.requests.flatMap(({ path, query }) => {
      const [, kind] = /\/bars\/(\w+)$/.exec(path) ?? [];
      return kind === undefined ? [] : [[kind, query.code, query.from as TradeDate, query.to]];
    });
    return { sources: sources.map(({ file }) => file), notes, bases, asked, limits };
  }

  it('asks for the history of the plan, and says so, where no first day is given', async () => {
    const { sources, notes, asked, limits, bases } = await fetchAll({ symbols: ['0101'] });
    expect(sources).toEqual(['jquants/0101']);
    expect(notes).toEqual([expect.stringContaining('those from 2020-06-09 to 2025-06-02 were asked for')]);
    expect(asked).toEqual([['daily', '01010', '2020-06-09', '2025-06-02']]);
    expect(limits).toEqual([['jquants', 60, 1]]);
    expect(bases).toEqual(['split-adjusted']);
  });

  it('asks for the days and the price basis that are given', async () => {
    const days = { from: day('2025-05-27'), to: day('2025-05-29') };
    const { notes, asked, bases } = await fetchAll({ symbols: ['0101'], ...days, priceBasis: 'traded' });
    expect([notes, asked, bases]).toEqual([[], [['daily', '01010', '2025-05-27', '2025-05-29']], ['traded']]);
  });

  it('asks for stored days again, and before them, only as it is told to', async () => {
    const stored = [storedUpTo('0101', '2025-06-02', { firstDate: day('2025-05-28') })];
    const asked = async (fields: Partial<Request>) =>
      (await fetchAll({ symbols: ['0101'], ...fields }, { stored })).asked;
    expect(await asked({})).toEqual([]);
    expect(await asked({ from: day('2025-05-26') })).toEqual([['daily', '01010', '2025-05-26', '2025-05-27']]);
    expect(await asked({ from: day('2025-05-26'), again: true })).toEqual([
      ['daily', '01010', '2025-05-26', '2025-06-02'],
    ]);
  });

  it.each<[string, Partial<Request>, string | undefined]>([
    ['of as many sessions as are asked for', { minuteSessions: 2 }, '2025-05-30'],
    ['of no session', { minuteSessions: 0 }, undefined],
    ['of the sessions of a repair', { minuteSessions: 2, again: true, from: day('2025-05-28') }, '2025-05-28'],
    ['of the newest sessions, without a repair', { minuteSessions: 2, from: day('2025-05-28') }, '2025-05-30'],
    ['of the newest sessions of a repair without a first day', { minuteSessions: 2, again: true }, '2025-05-30'],
  ])('has minute bars %s, with a limit of their own', async (_, fields, from) => {
    const { sources, asked, limits } = await fetchAll({ symbols: ['0101'], ...fields });
    const minutes = asked.filter(([kind]) => kind === 'minute');
    expect(minutes).toEqual(from === undefined ? [] : [['minute', '01010', from, '2025-06-02']]);
    expect(sources).toEqual(['jquants/0101', ...(from === undefined ? [] : ['jquants/0101, minute bars'])]);
    expect(limits.slice(1)).toEqual(from === undefined ? [] : [['jquants add-on', 60]]);
  });
});
