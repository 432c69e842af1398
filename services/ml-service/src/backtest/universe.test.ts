import { type BacktestResult, parseResult } from '@daytrade/contracts';
import { emptyUniverseRecord, type MemberSpan, parseSymbol, parseTradeDate } from '@daytrade/market';
import { tearSheet } from '@daytrade/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, startService } from '../app.fixture.ts';

const codes = ['0101', '0102', '0103', '0104'];
const gone = '0104';
const last = '2026-03-31';
let running: RunningService;

const member = (symbol: string, to: string | null): MemberSpan => ({
  symbol: parseSymbol(symbol),
  universe: 'topix100',
  from: parseTradeDate('2025-06-02'),
  to: to === null ? null : parseTradeDate(to),
  reason: null,
  source: 'import',
});

beforeAll(async () => {
  running = await startService('2026-11-24T23:30:00.000Z');
  for (const [i, symbol] of codes.entries()) {
    // The last of them falls day after day and is delisted in the middle.
    const bars = madeBars(1 + i, '2025-01-06', symbol === gone ? last : '2026-11-24');
    if (symbol === gone) bars.close.set(bars.low);
    await addSymbol(running.stores, symbol, bars);
  }
  const spans = [...codes.slice(0, 3).map((symbol) => member(symbol, null)), member(gone, last), member('0109', last)];
  await running.stores.universe.change(() => ({ ...emptyUniverseRecord, spans }));
});
afterAll(() => running.close());

async function backtest(change: object): Promise<BacktestResult> {
  const request = {
    strategy: 'always-long',
    commission: 'none',
    spreadTicks: 0,
    impact: 0,
    cash: 50_000_000,
    choose: false,
  };
  const run = await running.runBy('/v1/backtests', { ...request, ...change });
  expect(run.error).toBeNull();
  return parseResult('backtest', run.result);
}

describe('a backtest on a set of symbols', () => {
  it('loses with a former member that fell what it does not without, and says which it is', {
    tags: ['long'],
  }, async () => {
    const ofItsTime = await backtest({ universe: 'topix100' });
    const ofToday = await backtest({ universe: 'topix100', formerMembers: false });
    expect([ofItsTime.symbols, ofToday.symbols]).toEqual([4, 3]);
    expect(ofItsTime.net.profit).toBeLessThan(ofToday.net.profit);
    expect(ofItsTime.universe).toEqual({
      universe: 'topix100',
      ofItsTime: true,
      knownFrom: '2025-06-02',
      withoutBars: 1,
      someWithoutBars: ['0109'],
    });
    expect(ofToday.universe).toMatchObject({ ofItsTime: false });
    // Today's members by name, at all sessions, are what "without former members" means.
    const byName = await backtest({ symbols: codes.slice(0, 3) });
    expect(byName.net.profit).toBe(ofToday.net.profit);
    expect(byName.universe).toBeUndefined();
    const real = { ...ofItsTime, synthetic: false };
    expect(tearSheet(real, 'en')).toContain('Universe of its time: the members of topix100 at each session');
    expect(tearSheet(real, 'en')).toContain('without bars: 1 (0109)');
    expect(tearSheet({ ...real, universe: ofToday.universe }, 'ja')).toContain('現在の構成銘柄');
    expect(tearSheet({ ...real, universe: undefined }, 'en')).toContain('delisted symbols are missing');
  });

  it('trades nobody before the set is known, and is the same as all of them afterwards', {
    tags: ['long'],
  }, async () => {
    const early = await backtest({ universe: 'topix100', to: '2025-05-30' });
    expect([early.trades, early.net.profit]).toEqual([0, 0]);
    const range = { from: '2025-06-02', to: last };
    const [members, all] = [await backtest({ universe: 'topix100', ...range }), await backtest(range)];
    expect([members.net.profit, members.trades]).toEqual([all.net.profit, all.trades]);
    expect(members.dataHash).not.toBe(all.dataHash);
  });

  it('says from when on its members are known where that is too late to evaluate or train', {
    tags: ['long'],
  }, async () => {
    const spans = codes.map((symbol) => ({ ...member(symbol, null), universe: 'topix500' as const }));
    const late = spans.map((span) => ({ ...span, from: parseTradeDate('2026-11-24') }));
    await running.stores.universe.change((record) => ({ ...record, spans: [...record.spans, ...late] }));
    for (const url of ['/v1/evaluations', '/v1/trainings']) {
      expect((await running.post(url, { universe: 'topix500' })).body).toMatchObject({
        code: 'training.too-little-data',
        detail: expect.stringMatching(/^too little data to train on: .*; the members of topix500 .* 2026-11-24 on;/),
      });
    }
  });

  it('names a set of which nothing is known, and former members without a set', async () => {
    const unknown = await running.post('/v1/backtests', { strategy: 'gap-fade', universe: 'nikkei225' });
    expect((unknown.body as { detail: string }).detail).toContain('no members of nikkei225 by date are stored');
    const { status, body } = await running.post('/v1/backtests', { strategy: 'gap-fade', formerMembers: false });
    expect([status, (body as { detail: string }).detail]).toEqual([400, expect.stringContaining('formerMembers')]);
  });
});
