import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startReplayServer } from '../../testing/replay-server.ts';
import { yahooStandIn } from '../../testing/yahoo-stand-in.ts';
import { type ContextOptions, providerContext, storedUpTo } from '../provider-context.fixture.ts';
import { yahoo } from './yahoo.ts';

type Request = Parameters<typeof yahoo.hasNews>[0];
const request = (more: Partial<Request> = {}): Request => ({ provider: 'yahoo', ...more });
const day = (text: string) => parseTradeDate(text);
const on = { DAYTRADE_YAHOO_USE: 'on' };

describe('a request to Yahoo', () => {
  it('names its symbols, or those of the settings, which may be no index', () => {
    const codes = providerContext({ settings: { DAYTRADE_UNIVERSE: '7203,6501' } });
    expect(yahoo.defaults!({}, codes.settings)).toEqual({ symbols: ['7203', '6501'] });
    expect(yahoo.defaults!({ symbols: ['7267'] }, codes.settings)).toEqual({ symbols: ['7267'] });
    const index = providerContext({ settings: { ...on, DAYTRADE_UNIVERSE: 'topix100' } });
    expect(yahoo.defaults!({}, index.settings)).toEqual({ symbols: undefined });
    expect(() => yahoo.open(request(), index)).toThrow('Yahoo does not know the members of topix100');
    expect(yahoo.configured(codes.settings)).toEqual({ provider: 'yahoo' });
  });

  it('has to say that the source is known to be unofficial, or the settings have', () => {
    const context = providerContext({ settings: { DAYTRADE_UNIVERSE: '7203' } });
    expect(() => yahoo.open(request(), context)).toThrow('DAYTRADE_YAHOO_USE="off": expected "on"');
    expect(() => yahoo.open(request({ unofficial: true }), context)).not.toThrow();
    expect(yahoo.lacking!(context.settings)).toContain('expected DAYTRADE_YAHOO_USE="on"');
    expect(yahoo.lacking!(providerContext({ settings: on }).settings)).toBeUndefined();
  });

  it.each([
    ['7203,6501', undefined],
    ['topix100', 'expected codes, as 7203,6758, since Yahoo does not know the members of an index'],
  ])('of a setup with %s has the fault %s', (answer, fault) => {
    const [question] = yahoo.setup.questions;
    expect(question!.fault!(answer)).toBe(fault);
  });

  it.each([
    ['2025-01-07', '2025-01-07', true],
    ['2025-01-08', '2025-01-07', false],
  ])('from %s to %s is taken: %s', (from, to, isTaken) => {
    expect(yahoo.request.safeParse({ provider: 'yahoo', from, to }).success).toBe(isTaken);
  });
});

describe('an update of Yahoo', () => {
  it('goes on with the symbols of a fetch, without its days', () => {
    const { settings } = providerContext({ settings: { DAYTRADE_UNIVERSE: '7203,6501' } });
    const days = { from: day('2024-01-04'), to: day('2024-06-28') };
    expect(yahoo.repeated(request({ ...days, symbols: ['7267'], priceBasis: 'traded' }), settings)).toEqual({
      name: 'yahoo traded',
      request: { provider: 'yahoo', symbols: ['7267'], priceBasis: 'traded' },
    });
    expect(yahoo.repeated(request(days), settings)).toEqual({
      name: 'yahoo',
      request: { provider: 'yahoo', symbols: ['7203', '6501'] },
    });
    expect(yahoo.repeated(request({ again: true }), settings)).toBeUndefined();
    const index = providerContext({ settings: { DAYTRADE_UNIVERSE: 'topix100' } });
    expect(yahoo.repeated(request(), index.settings)).toEqual({ name: 'yahoo', request: { provider: 'yahoo' } });
    const joined = yahoo.joined!(request({ symbols: ['7203'] }), request({ symbols: ['6501'] }));
    expect(joined).toEqual(request({ symbols: ['7203', '6501'] }));
  });

  it('repairs by asking for stored days again, acknowledged where an earlier fetch was', () => {
    const bars = { symbols: ['7203'], from: day('2025-01-06') };
    const repair = { provider: 'yahoo', symbols: ['7203'], again: true, from: '2025-01-06' };
    expect(yahoo.repair(bars, [request()])).toEqual([{ request: repair, source: 'Yahoo Finance' }]);
    expect(yahoo.repair(bars, [request(), request({ unofficial: true })])).toEqual([
      { request: { ...repair, unofficial: true }, source: 'Yahoo Finance' },
    ]);
  });

  // The bars of Monday 2025-06-02 are there from 16:30 on.
  const now = '2025-06-02T17:00:00+09:00';
  const [monday, friday] = ['2025-06-02', '2025-05-30'];
  it.each([
    ['nothing is stored', [], 0, true],
    ['every symbol is behind', [friday, friday], 0, true],
    ['every symbol is up to date', [monday, monday], 3_600_000, false],
    ['a symbol has been behind for an hour', [monday, friday], 3_600_000, true],
    ['a symbol has been behind for less', [monday, friday], 3_599_999, false],
  ])('has something to fetch where %s', async (_, dates, since, expected) => {
    const stored = dates.map((date, index) => storedUpTo(String(7201 + index), date));
    expect(await yahoo.hasNews(request(), Date.parse(now) - since, providerContext({ now, stored }))).toBe(expected);
  });
});

describe('the provider of a request to Yahoo', () => {
  const now = '2025-06-02T17:00:00+09:00';

  it('has days whose session has been over for an hour', () => {
    const settings = { ...on, DAYTRADE_UNIVERSE: '7203' };
    const openAt = (time: string) =>
      yahoo.open(request({ to: day('2025-06-02') }), providerContext({ now: `2025-06-02T${time}+09:00`, settings }));
    expect(() => openAt('16:30:00')).not.toThrow();
    expect(() => openAt('16:29:59')).toThrow(
      'to: expected a day up to 2025-05-30, whose session has been over for an hour, got "2025-06-02"',
    );
  });

  /** The first days that are asked for, and the price bases. */
  async function fetchAll(fields: Partial<Request>, more: ContextOptions = {}) {
    const server = await startReplayServer(yahooStandIn({ symbols: 1, from: '2025-05-26', to: '2025-06-02' }));
    onTestFinished(() => server.close());
    const settings = { ...on, DAYTRADE_YAHOO_URL: server.url };
    const provider = yahoo.open(request({ symbols: ['0101'], ...fields }), providerContext({ now, ...more, settings }));
    const bases = [];
    for (const source of (await provider.list()).sources) bases.push((await provider.read(source)).priceBasis);
    const days = server.requests.map(({ query }) => new Date(1_000 * Number(query.period1) + 9 * 3_600_000));
    return { bases, from: days.map((date) => date.toISOString().slice(0, 16)) };
  }

  it('asks for ten years, or from the day that is given', async () => {
    expect(await fetchAll({})).toEqual({ bases: ['split-adjusted'], from: ['2015-06-03T00:00'] });
    const given = await fetchAll({ from: day('2025-05-27'), priceBasis: 'traded' });
    expect(given).toEqual({ bases: ['traded'], from: ['2025-05-27T00:00'] });
  });

  it('asks for stored days again, and before them, only as it is told to', async () => {
    const stored = [storedUpTo('0101', '2025-06-02', { firstDate: day('2025-05-28') })];
    expect((await fetchAll({}, { stored })).from).toEqual([]);
    expect((await fetchAll({ from: day('2025-05-26') }, { stored })).from).toEqual(['2025-05-26T00:00']);
    expect((await fetchAll({ from: day('2025-05-28'), again: true }, { stored })).from).toEqual(['2025-05-28T00:00']);
  });
});
