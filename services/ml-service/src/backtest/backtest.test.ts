// @module-tag long
import { type BacktestResult, parseResult, routes } from '@daytrade/contracts';
import { emptyUniverseRecord, type MemberSpan, parseSymbol, parseTradeDate } from '@daytrade/market';
import { tearSheet } from '@daytrade/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, startService } from '../app.fixture.ts';

const codes = ['0101', '0102', '0103', '0104'];
/** Falls day after day and is delisted in the middle. */
const gone = '0104';
const last = '2026-03-31';
const joined = '2025-06-02';
let running: RunningService;

const member = (symbol: string, to: string | null, change: Partial<MemberSpan> = {}): MemberSpan => ({
  symbol: parseSymbol(symbol),
  universe: 'topix100',
  from: parseTradeDate(joined),
  to: to === null ? null : parseTradeDate(to),
  reason: null,
  source: 'import',
  ...change,
});

beforeAll(async () => {
  running = await startService('2026-11-24T23:30:00.000Z');
  for (const [i, symbol] of codes.entries()) {
    const bars = madeBars(1 + i, '2025-01-06', symbol === gone ? last : '2026-11-24');
    if (symbol === gone) bars.close.set(bars.low);
    await addSymbol(running.stores, symbol, bars);
  }
  const spans = [...codes.slice(0, 3).map((symbol) => member(symbol, null)), member(gone, last), member('0109', last)];
  await running.stores.universe.change(() => ({ ...emptyUniverseRecord, spans }));
});
afterAll(() => running.close());

async function backtest(change: object = {}): Promise<BacktestResult & { readonly id: string }> {
  const request = { strategy: 'gap-fade', cash: 5_000_000, parameters: { most: 4 }, ...change };
  const { id, error, result } = await running.runBy('/v1/backtests', request);
  expect(error).toBeNull();
  return { ...parseResult('backtest', result), id };
}

const failure = async (body: object) => (await running.runBy('/v1/backtests', body)).error?.message;

describe('a backtest', () => {
  it('is the same again, and counts each distinct trial of the ledger once', async () => {
    const { id: _first, ...one } = await backtest();
    expect(one.trials).toBe(5);
    for (let again = 0; again < 2; again += 1) {
      const { id: _again, ...same } = await backtest();
      expect(same).toEqual(one);
    }
    // The defaults were among the sets to choose from; other costs, or another period, make other trials.
    for (const [trials, change] of [
      [5, { choose: false }],
      [10, { spreadTicks: 2 }],
      [11, { from: '2025-02-03', choose: false }],
      [11, { seed: 2 }],
      [12, { strategy: 'always-long', choose: false }],
    ] as const) {
      expect((await backtest(change)).trials).toBe(trials);
    }
    expect(one.chosen).toBe(true);
    expect(one.curve).toHaveLength(one.sessions);
  });

  it('says of "before costs" what the run without costs earns', async () => {
    const costless = { spreadTicks: 0, impact: 0, interest: 0, lendingFee: 0, penalty: 0 };
    const { gross, net } = await backtest({ choose: false });
    const { net: without } = await backtest({ choose: false, ...costless });
    expect(gross).toEqual(without);
    expect(net.profit).toBeLessThan(gross.profit);
  });

  it('keeps every trade, order, fill and daily return', async () => {
    const found = await backtest({ strategy: 'always-long' });
    const { trades, orders, fills, returns, bySymbol } = await running.read(
      routes.backtestRecord.answers[200],
      `/v1/backtests/${found.id}/record`,
    );
    const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
    expect([trades.length, orders.length]).toEqual([found.trades, found.orders]);
    const credit = found.costs.total - sum(fills.map(({ cost }) => cost));
    expect(credit).toBeCloseTo(0, 3);
    expect(sum(trades.map(({ profit }) => profit)) - found.costs.total).toBeCloseTo(found.net.profit, 3);
    expect(sum(bySymbol.map(({ profit, costs }) => profit - costs))).toBeCloseTo(found.net.profit, 3);
    expect(returns.reduce((worth, one) => worth * (1 + one.return), 1) - 1).toBeCloseTo(found.net.return, 9);
    const filled = sum(orders.map((order) => order.filled));
    expect(filled).toBe(sum(fills.flatMap(({ why, shares }) => (why === 'entry' ? [shares] : []))));
    await running.runJob('retention');
    expect((await running.get(`/v1/backtests/${found.id}/record`)).status).toBe(200);
    expect((await running.get('/v1/backtests/none/record')).status).toBe(404);
  });

  it('has a tear sheet, whose first line is what is left after costs', async () => {
    const { id, verdict } = await backtest({ strategy: 'always-long', commission: 'per-order' });
    expect(verdict).toBe('loses');
    const page = async (language: string) =>
      (await running.service.inject(`/v1/backtests/${id}?language=${language}`)).body;
    expect(await page('en')).toMatch(/<main>\n<header><p class="verdict">It does not beat its costs: -[\d,]+/);
    expect(await page('ja')).toContain('コストに勝っていません');
    expect((await running.get('/v1/backtests/none')).status).toBe(404);
  });

  it('claims no more than was shown, and says why orders were refused and trading stopped', async () => {
    const found = await backtest({ choose: false });
    const page = (verdict: BacktestResult['verdict']) => tearSheet({ ...found, verdict }, 'en');
    expect(page('may be luck')).toContain('is not shown to beat its costs');
    expect(page('beats its costs')).toContain('does not predict other sessions');
    const halted = { session: found.from, reason: 'a session lost 60000 yen' };
    const japanese = tearSheet({ ...found, refused: { 'not traded': 3, exposure: 2 }, halted }, 'ja');
    expect(japanese).toContain('売買不成立 3, 全銘柄の上限 2');
    expect(japanese).not.toMatch(/not traded|exposure|a session lost/);
  });

  it('names the parameter that is not one, and what a strategy lacks', async () => {
    expect(await failure({ strategy: 'gap-fade', parameters: { most: 2.5 } })).toContain(
      '--set most: expected a whole number from 1 to 500, got 2.5',
    );
    expect(await failure({ strategy: 'ranking' })).toContain('daytrade evaluate');
  });
});

describe('a backtest on a universe', () => {
  const free = { strategy: 'always-long', commission: 'none', spreadTicks: 0, impact: 0, cash: 50_000_000 };
  const on = (change: object) => backtest({ ...free, parameters: {}, choose: false, ...change });

  it('loses with a former member that fell what it does not without, and says which it is', async () => {
    const ofItsTime = await on({ universe: 'topix100' });
    const byName = await on({ symbols: codes.slice(0, 3) });
    expect([ofItsTime.symbols, byName.symbols, byName.universe]).toEqual([4, 3, undefined]);
    expect(ofItsTime.net.profit).toBeLessThan(byName.net.profit);
    expect(ofItsTime.universe).toEqual({
      universe: 'topix100',
      knownFrom: joined,
      withoutBars: 1,
      someWithoutBars: ['0109'],
    });
    const real = { ...ofItsTime, synthetic: false };
    expect(tearSheet(real, 'en')).toContain('Universe of its time: the members of topix100 at each session');
    expect(tearSheet(real, 'en')).toContain('without bars: 1 (0109)');
    expect(tearSheet({ ...real, universe: undefined }, 'en')).toContain('delisted symbols are missing');
  });

  it('trades nothing before the members are known, and is the same as all of them afterwards', async () => {
    const early = await on({ universe: 'topix100', to: '2025-05-30' });
    expect([early.trades, early.net.profit]).toEqual([0, 0]);
    const range = { from: joined, to: last };
    const [members, all] = [await on({ universe: 'topix100', ...range }), await on(range)];
    expect([members.net.profit, members.trades]).toEqual([all.net.profit, all.trades]);
    expect(members.dataHash).not.toBe(all.dataHash);
  });

  it('says from when on its members are known where that is too late to evaluate or train', async () => {
    const late = { universe: 'topix500', from: parseTradeDate('2026-11-24') } as const;
    const spans = codes.map((symbol) => member(symbol, null, late));
    await running.stores.universe.change((record) => ({ ...record, spans: [...record.spans, ...spans] }));
    for (const url of ['/v1/evaluations', '/v1/trainings']) {
      const { error } = await running.runBy(url, { universe: 'topix500' });
      expect(error?.code).toBe('training.too-little-data');
      expect(error?.message).toMatch(/^too little data to train on: .*; the members of topix500 .* 2026-11-24 on;/);
    }
  });

  it('names a universe without members', async () => {
    expect(await failure({ strategy: 'gap-fade', universe: 'nikkei225' })).toContain(
      'no members of nikkei225 by date are stored',
    );
  });
});

it('is of other data when a 5-minute bar has another high', async () => {
  const hashWith = async (high: number) => {
    const [times, one] = [Float64Array.of(Date.parse('2026-11-24T00:00:00.000Z')), Float64Array.of(1_000)];
    const bar = { times, open: one, high: Float64Array.of(high), low: one, close: one, volume: one };
    await running.stores.bars.mergeManyIntraday([{ symbol: '0101', bars: bar }]);
    return (await backtest({ choose: false })).dataHash;
  };
  expect(await hashWith(1_001)).not.toBe(await hashWith(1_002));
});
