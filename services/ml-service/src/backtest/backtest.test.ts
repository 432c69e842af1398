// @module-tag long
import { type BacktestResult, parseResult } from '@daytrade/contracts';
import { tearSheet } from '@daytrade/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, startService } from '../app.fixture.ts';

let running: RunningService;
beforeAll(async () => {
  running = await startService('2026-11-24T23:30:00.000Z');
  for (const [i, symbol] of ['0101', '0102', '0103', '0104'].entries()) {
    await addSymbol(running.stores, symbol, madeBars(1 + i, '2025-01-06', '2026-11-24'));
  }
});
afterAll(() => running.close());

const request = { strategy: 'gap-fade', cash: 5_000_000, parameters: { most: 4 } };

async function backtest(change: object = {}): Promise<{ readonly id: string; readonly found: BacktestResult }> {
  const run = await running.runBy('/v1/backtests', { ...request, ...change });
  expect(run.error).toBeNull();
  return { id: run.id, found: parseResult('backtest', run.result) };
}

describe('a backtest', () => {
  it('is the same again, and counts each distinct trial of the ledger once', async () => {
    const [first, second] = [await backtest(), await backtest()];
    const one = first.found;
    expect(one.trials).toBe(5);
    expect(second.found).toEqual(one);
    const trials = async (change: object) => (await backtest(change)).found.trials;
    // The defaults were among the sets to choose from; other costs, or another period, make other trials.
    expect(await trials({ choose: false })).toBe(5);
    expect(await trials({ spreadTicks: 2 })).toBe(10);
    expect(await trials({ from: '2025-02-03', choose: false })).toBe(11);
    expect(await trials({ seed: 2 })).toBe(11);
    expect(one.chosen).toBe(true);
    expect(one.gross.profit - one.net.profit).toBeCloseTo(one.costs.total, 3);
    expect(one.curve).toHaveLength(one.sessions);
  });

  it('has a tear sheet, whose first line is what is left after costs', async () => {
    const { id, found } = await backtest({ strategy: 'always-long', commission: 'per-order' });
    expect(found.verdict).toBe('loses');
    const page = (await running.service.inject(`/v1/backtests/${id}?language=en`)).body;
    expect(page).toMatch(/<main>\n<header><p class="verdict">It does not beat its costs: -[\d,]+/);
    expect((await running.service.inject(`/v1/backtests/${id}?language=ja`)).body).toContain('コストに勝っていません');
    expect((await running.get('/v1/backtests/none')).status).toBe(404);
  });

  it('claims no more than was shown', async () => {
    const { found } = await backtest();
    const page = (verdict: BacktestResult['verdict']) => tearSheet({ ...found, verdict }, 'en');
    expect(page('may be luck')).toContain('is not shown to beat its costs');
    expect(page('beats its costs')).toContain('does not predict other sessions');
  });

  it('says in Japanese too why orders were not taken and trading stopped', async () => {
    const { found } = await backtest({ choose: false });
    const halted = { session: found.from, reason: 'a session lost 60000 yen' };
    const page = tearSheet({ ...found, refused: { 'not traded': 3, exposure: 2 }, halted }, 'ja');
    expect(page).toContain('売買不成立 3, 全銘柄の上限 2');
    expect(page).not.toMatch(/not traded|exposure|a session lost/);
  });

  it('names the parameter that is not one, and what a strategy lacks', async () => {
    const wrong = await running.post('/v1/backtests', { ...request, parameters: { most: 2.5 } });
    expect((wrong.body as { detail: string }).detail).toContain(
      '--set most: expected a whole number from 1 to 500, got 2.5',
    );
    const without = await running.post('/v1/backtests', { strategy: 'ranking' });
    expect((without.body as { detail: string }).detail).toContain('daytrade evaluate');
  });

  it('is of other data when a 5-minute bar has another high', async () => {
    const hashWith = async (high: number) => {
      const [times, one] = [Float64Array.of(Date.parse('2026-11-24T00:00:00.000Z')), Float64Array.of(1_000)];
      const bar = { times, open: one, high: Float64Array.of(high), low: one, close: one, volume: one };
      await running.stores.bars.mergeIntraday('0101', bar);
      return (await backtest({ choose: false })).found.dataHash;
    };
    expect(await hashWith(1_001)).not.toBe(await hashWith(1_002));
  });
});
