import type { StrategyName } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { parameterSets, strategies } from '../strategies/catalogue.ts';
import { noiseData, usualSettings as settings } from '../testing/noise-data.ts';
import { type BacktestInput, runBacktest, simulateSets, trialKey } from './run-backtest.ts';

const sessions = 380;
const data = noiseData({ symbols: 10, sessions, seed: 11 });

function inputOf(strategy: StrategyName, change: Partial<BacktestInput> = {}): BacktestInput {
  return {
    data,
    strategy,
    parameters: {},
    choose: true,
    settings,
    from: 0,
    to: sessions,
    seed: 1,
    conditions: 'of the test',
    earlierTrials: new Set(),
    ...change,
  };
}

describe('a backtest', () => {
  it('chooses parameters on what is judged by none of them', async () => {
    const {
      chosen,
      parameters,
      sessions: judged,
      from,
      overfitting,
    } = await runBacktest(inputOf('ranking'), async (sets) => simulateSets(sets));
    expect([chosen, judged, parameters[0]?.from]).toEqual([true, sessions - 21 - 250, from]);
    expect(parameters).toHaveLength(2);
    expect(overfitting).toBeGreaterThanOrEqual(0);
  });

  it('counts only sessions with forecasts for a strategy that needs them', async () => {
    const forecasts = data.forecasts!;
    const late = {
      ...forecasts,
      lower: forecasts.lower.slice().fill(NaN, 0, 300 * 10),
      upper: forecasts.upper,
      centre: forecasts.centre.slice().fill(NaN, 0, 300 * 10),
    };
    const input = inputOf('ranking', { data: { ...data, forecasts: late } });
    const { sessions: judged } = await runBacktest(input, async (sets) => simulateSets(sets));
    expect(judged).toBe(sessions - 300);
  });

  it('is the same when its sets are simulated one by one and in another order', async () => {
    const whole = await runBacktest(inputOf('interval-breakout'), async (sets) => simulateSets(sets));
    const apart = await runBacktest(inputOf('interval-breakout'), async (input) => {
      const found = new Map<number, Float64Array>();
      for (const i of [...input.sets.keys()].reverse())
        found.set(i, simulateSets({ ...input, sets: [input.sets[i]!] })[0]!);
      return input.sets.map((_, i) => found.get(i)!);
    });
    expect(JSON.stringify(apart)).toBe(JSON.stringify(whole));
  });

  it('counts every trial that was made before, and the same one once', async () => {
    const trialsOf = async (...earlier: readonly string[]) => {
      const input = inputOf('ranking', { earlierTrials: new Set(earlier) });
      return (await runBacktest(input, async (sets) => simulateSets(sets))).trials;
    };
    const [same, other] = ['of the test', 'other costs'].map((conditions) =>
      parameterSets(strategies.ranking, {}).map((set) => trialKey(conditions, set)),
    );
    expect(await trialsOf()).toBe(3);
    expect(await trialsOf(...same!)).toBe(3);
    expect(await trialsOf(...same!, ...other!)).toBe(6);
  });
});
