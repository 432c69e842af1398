import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MemorySinks } from '../../fetch/memory-sinks.fixture.ts';
import { jquantsStandIn, type StandInOptions, type WireRow, withSplit } from '../../testing/jquants-stand-in.ts';
import { fetchedAt, fetchOnce } from '../../testing/provider.suite.ts';
import { type Answers, type ReplayServer, startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { type OpenJQuantsOptions, openJQuants } from './open-jquants.fixture.ts';
import { firstDayOf, jquantsPlans, newestSessionOf } from './plans.ts';

const apiKey = 'a-key-that-nobody-may-see';
const codes = (...texts: readonly string[]) => texts.map((text) => parseSymbol(text));
const from = parseTradeDate('2025-01-06');
const to = parseTradeDate('2025-05-30');
const daily = '/equities/bars/daily';
const master = { path: '/equities/master', query: {} };

const isOfBars = (path: string) => path === daily || path === master.path;

async function serve(answers: Answers): Promise<ReplayServer> {
  const server = await startReplayServer(answers);
  onTestFinished(() => server.close());
  return server;
}

/** A stand-in with bars up to some day, and a fetch of it. */
async function setUp(more: Partial<StandInOptions> = {}) {
  const sinks = new MemorySinks();
  const server = await serve(jquantsStandIn({ symbols: 3, from, to, apiKey, ...more }));
  // The calendar and the reports have tests of their own.
  const asked = () => server.requests.map(({ path, query }) => ({ path, query })).filter(({ path }) => isOfBars(path));
  const fetch = (options: Partial<OpenJQuantsOptions> = {}, clock = new SimulatedClock(fetchedAt)) =>
    fetchOnce(openJQuants({ url: server.url, clock, apiKey, range: { from, to }, ...options }), sinks, clock);
  return { sinks, server, asked, fetch };
}

/** Changes the rows of one symbol and day. */
const changed = (code: string, date: string, values: WireRow) => (rows: readonly WireRow[]) =>
  rows.map((row) => (row.Code === code && row.Date === date ? { ...row, ...values } : row));

const nothing = {
  O: null,
  H: null,
  L: null,
  C: null,
  Vo: null,
  AdjO: null,
  AdjH: null,
  AdjL: null,
  AdjC: null,
  AdjVo: null,
};

describe('a fetch from J-Quants', () => {
  it('asks for the listed issues and then for each symbol, with the key in a header alone', async () => {
    const { fetch, asked, server, sinks } = await setUp();
    const result = await fetch({ symbols: codes('0103', '0101') });
    expect(asked()).toEqual([
      master,
      { path: daily, query: { code: '01030', from, to } },
      { path: daily, query: { code: '01010', from, to } },
    ]);
    for (const { headers } of server.requests) expect(headers['x-api-key']).toBe(apiKey);
    expect(JSON.stringify(asked())).not.toContain(apiKey);
    expect(result).toMatchObject({ provider: 'jquants', synthetic: false, symbols: 2, rowsQuarantined: 0 });
    expect(result.notes).toEqual([
      'the light plan of J-Quants gives 5 years of daily bars: those from 2025-01-06 to 2025-05-30 were asked for',
    ]);
    expect(sinks.records.get('0103')).toMatchObject({
      name: '架空0103',
      sector: 'その他金融業',
      sizeGroup: 'TOPIX Core30',
      tickTable: 'topix500',
      priceBasis: 'split-adjusted',
      synthetic: false,
      firstDate: from,
      lastDate: to,
    });
  });

  it('goes through all pages', async () => {
    const whole = await setUp();
    await whole.fetch();
    const paged = await setUp({ pageSize: 7 });
    await paged.fetch();
    expect(paged.asked().length).toBeGreaterThan(40);
    expect(paged.sinks.content()).toEqual(whole.sinks.content());
  });

  it('takes a day of nulls for one without a trade, and quarantines a row of the wrong types', async () => {
    const change = (rows: readonly WireRow[]) =>
      [
        changed('01010', '2025-02-03', nothing),
        changed('01010', '2025-02-04', { AdjC: '1234' }),
        changed('01010', '2025-02-05', { AdjC: null }),
        changed('01020', '2025-02-06', { Date: 20250206 }),
      ].reduce((before, next) => next(before), rows);
    const { fetch, sinks } = await setUp({ change });
    expect(await fetch()).toMatchObject({ symbols: 3, rowsWithoutTrade: 1, rowsQuarantined: 2, filesRefused: [] });
    expect(sinks.entries.get('0101 jquants/0101')).toMatchObject([
      { date: '2025-02-04', reason: 'not-a-number', message: 'AdjC: expected a number, got "1234"' },
      { date: '2025-02-05', reason: 'fields-missing', message: 'AdjC: expected a number, got null' },
    ]);
  });

  it('refuses a code that is not listed in words, and fetches the others', async () => {
    const { fetch } = await setUp();
    const result = await fetch({ symbols: codes('9999', '0101') });
    expect(result).toMatchObject({ symbols: 1, filesRefused: [{ file: 'jquants/9999' }] });
    expect(result.filesRefused[0]!.message).toContain('9999 is not among the listed issues of J-Quants');
    await expect(fetch({ symbols: codes('9999', '0101') })).rejects.toMatchObject({ code: 'data.provider-refused' });
  });

  it('says what a wrong key and a plan without the endpoint are', async () => {
    const { fetch } = await setUp();
    const wrong = await fetch({ apiKey: 'another' }).catch((error: unknown) => error);
    expect(wrong).toMatchObject({
      code: 'data.provider-forbidden',
      message: expect.stringMatching(
        /^\/equities\/master: J-Quants answered 403: "The incoming api key.*make a new key/,
      ),
    });
    const message = '{"message":"This endpoint is not available on your plan."}';
    const server = await serve(() => ({ status: 403, body: message }));
    const clock = new SimulatedClock(fetchedAt);
    const without = fetchOnce(
      openJQuants({ url: server.url, clock, apiKey, range: { from, to } }),
      new MemorySinks(),
      clock,
    );
    await expect(without).rejects.toThrow(/not available on your plan.*the plan has no such data/);
  });
});

describe('an update from J-Quants', () => {
  const earlier = { from, to: parseTradeDate('2025-05-29') };

  it('asks for the one missing day of all symbols at once, and for nothing when nothing is missing', async () => {
    const { fetch, asked } = await setUp();
    await fetch({ range: earlier });
    const before = asked().length;
    expect(await fetch()).toMatchObject({ barsAdded: 3, barsChanged: 0, rowsRead: 3 });
    expect(asked().slice(before)).toEqual([master, { path: daily, query: { date: to } }]);
    expect(await fetch({ symbols: codes('0101', '0102', '0103') })).toMatchObject({
      barsAdded: 0,
      files: 0,
      symbols: 0,
    });
    expect(asked()).toHaveLength(before + 2);
  });

  it.each([
    ['not again, once that day is over', '2025-05-30T03:00:00Z', ['2025-05-30']],
    ['again where it was asked for on the day itself', '2025-05-29T09:00:00Z', ['2025-05-29', '2025-05-30']],
  ])('asks for a day on which a symbol had no trade %s', async (_, at, days) => {
    const { fetch, asked } = await setUp({ change: changed('01020', '2025-05-29', nothing) });
    await fetch({ range: { from, to: parseTradeDate('2025-05-28') } });
    expect(await fetch({ range: earlier }, new SimulatedClock(at))).toMatchObject({ barsAdded: 2 });
    const before = asked().length;
    expect(await fetch()).toMatchObject({ barsAdded: 3 });
    expect(asked().slice(before)).toEqual([master, ...days.map((date) => ({ path: daily, query: { date } }))]);
  });

  it('asks again for a row that was kept out, which may be right the next time', async () => {
    const { fetch, asked } = await setUp({ change: changed('01020', '2025-05-29', { AdjC: 'much' }) });
    await fetch({ range: { from, to: parseTradeDate('2025-05-28') } });
    await fetch({ range: earlier });
    const before = asked().length;
    await fetch();
    expect(asked().slice(before)).toContainEqual({ path: daily, query: { date: '2025-05-29' } });
  });

  it('asks for the history of a new symbol alone, beside the missing day of the others', async () => {
    const { fetch, asked } = await setUp();
    await fetch({ range: earlier, symbols: codes('0101', '0102') });
    const before = asked().length;
    await fetch();
    expect(asked().slice(before)).toEqual([
      master,
      { path: daily, query: { date: to } },
      { path: daily, query: { code: '01030', from, to } },
    ]);
  });

  it('goes back before what is stored only where a first day was given', async () => {
    const { fetch, asked } = await setUp();
    const late = { from: parseTradeDate('2025-03-03'), to };
    await fetch({ range: late, symbols: codes('0101') });
    const before = asked().length;
    await fetch({ symbols: codes('0101') });
    expect(asked()).toHaveLength(before);
    expect(await fetch({ symbols: codes('0101'), isFromGiven: true })).toMatchObject({ barsChanged: 0 });
    expect(asked().slice(before)).toEqual([master, { path: daily, query: { code: '01010', from, to: '2025-03-02' } }]);
  });

  it('asks for no history again after a split that the plan has no more, which it would refuse', async () => {
    const change = withSplit('01010', to, 0.5);
    const { fetch, asked, sinks } = await setUp({ change });
    await fetch({ range: earlier });
    const before = asked().length;
    const firstDay = parseTradeDate('2025-02-03');
    const range = { from: firstDay, to };
    expect(await fetch({ range, firstDay })).toMatchObject({ symbols: 3, filesRefused: [] });
    const ofBars = asked().filter(({ path }, i) => i >= before && path === daily);
    expect(ofBars.map(({ query }) => query)).toEqual([{ date: to }, { code: '01010', from: firstDay, to }]);
    expect(sinks.records.get('0101')).toMatchObject({ firstDate: from, lastDate: to });
  });

  it('asks for the whole history again after a split, and still lists rows that were kept out before', async () => {
    const split = (rows: readonly WireRow[]) =>
      rows.map((row) => {
        if (row.Code !== '01010') return row;
        const values = ['O', 'H', 'L', 'C'].map((name) => [`Adj${name}`, Number(row[name]) / 2]);
        const factor = row.Date === to ? 0.5 : 1;
        return { ...row, ...Object.fromEntries(values), AdjVo: 2 * Number(row.Vo), AdjFactor: factor };
      });
    const sinks = new MemorySinks();
    const fetchFrom = async (change: StandInOptions['change'], range: { from: typeof from; to: typeof to }) => {
      const server = await serve(jquantsStandIn({ symbols: 3, from, to: range.to, apiKey, change }));
      const clock = new SimulatedClock(fetchedAt);
      const result = await fetchOnce(openJQuants({ url: server.url, clock, apiKey, range }), sinks, clock);
      const requests = server.requests.filter(({ path }) => isOfBars(path));
      return { result, asked: requests.map(({ query }) => query) };
    };
    await fetchFrom(changed('01010', '2025-02-04', { AdjC: 'much' }), earlier);
    const keptOut = sinks.entries.get('0101 jquants/0101');
    expect(keptOut).toHaveLength(1);
    const { result, asked } = await fetchFrom(split, { from, to });
    expect(asked).toEqual([{}, { date: to }, { code: '01010', from, to }]);
    expect(result.barsChanged).toBeGreaterThan(90);
    expect(sinks.entries.get('0101 jquants/0101')).toEqual(keptOut);
  });
});

describe('the plans of J-Quants', () => {
  it('give a bar an hour after the close, the free one twelve weeks later', () => {
    const at = (time: string) => Date.parse(`2025-06-02T${time}:00+09:00`);
    expect(newestSessionOf(jquantsPlans.light, at('16:29'))).toBe('2025-05-30');
    expect(newestSessionOf(jquantsPlans.light, at('16:30'))).toBe('2025-06-02');
    expect(newestSessionOf(jquantsPlans.free, at('16:30'))).toBe('2025-03-10');
    expect(firstDayOf(jquantsPlans.free, at('16:30'))).toBe('2023-03-18');
    expect(firstDayOf(jquantsPlans.standard, at('16:30'))).toBe('2015-06-10');
    expect(firstDayOf(jquantsPlans.premium, at('16:30'))).toBe('2008-05-07');
  });

  it('say in words that the free one holds the newest bars back', async () => {
    const { fetch } = await setUp();
    const { notes } = await fetch({ plan: jquantsPlans.free, range: { from, to: parseTradeDate('2025-03-07') } });
    expect(notes).toEqual([
      expect.stringContaining('the free plan of J-Quants gives 2 years'),
      expect.stringMatching(/holds bars back for 12 weeks: the newest are of 2025-03-07/),
    ]);
  });
});
