import { dayNumber } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { parameterSets, strategies } from '../strategies/catalogue.ts';
import type { Candidates } from '../strategies/strategy.ts';
import { noiseData, usualSettings as settings } from '../testing/noise-data.ts';
import { type BacktestInput, type RunSets, runBacktest, simulateSets, trialKey } from './run-backtest.ts';

const sessions = 380;
const data = noiseData({ symbols: 10, sessions, seed: 11 });
const conditions = 'of the test';

function reportOf(
  strategy: string,
  change: Partial<BacktestInput> = {},
  runSets: RunSets = async (sets) => simulateSets(sets),
) {
  const input = { data, strategy, parameters: {}, choose: true, settings, from: 0, to: sessions, seed: 1, conditions };
  return runBacktest({ ...input, earlierTrials: new Map(), ...change }, runSets);
}

describe('a backtest', () => {
  it('chooses parameters on what is judged by none of them', async () => {
    const { chosen, parameters, sessions: judged, from, overfitting } = await reportOf('ranking');
    expect([chosen, judged, parameters[0]?.from]).toEqual([true, sessions - 21 - 250, from]);
    expect(parameters).toHaveLength(2);
    expect(overfitting).toBeGreaterThanOrEqual(0);
  });

  it.each([
    [312, false, 312],
    [313, true, 63],
    [314, true, 64],
  ])('of %i sessions that count chooses: %s, and judges %i', async (counted, chosen, judged) => {
    // The candidates are two that never trade: what counts here are the sessions alone.
    const report = await reportOf('gap-fade', { to: 21 + counted, candidates: { entry: [4.5, 5] } });
    expect([report.chosen, report.sessions, report.parameters.length]).toEqual([chosen, judged, judged === 64 ? 2 : 1]);
    expect([report.trials, report.tried.length]).toEqual(chosen ? [2, 2] : [1, 1]);
  });

  it('chooses for 63 sessions by the Sharpe ratio of the 250 before them, the first of equal ones', async () => {
    const candidates = { entry: [4.5, 5] };
    const chosenBy = async (...outliers: readonly Readonly<Record<number, number>>[]) => {
      // Without its outliers a set wins as much as it loses.
      const made: RunSets = async ({ from, to }) =>
        outliers.map((own) =>
          Float64Array.from({ length: to - from }, (_, i) => own[i] ?? (i % 2 === 0 ? 0.01 : -0.01)),
        );
      const { parameters } = await reportOf('gap-fade', { to: 21 + 316, candidates }, made);
      return parameters.map(({ from, values }) => [dayNumber(from as never), values['entry']]);
    };
    const [first, second] = [21 + 250, 21 + 313].map((t) => data.panel.days[t]);
    // The last session of each window counts, and the one after it does not.
    expect(await chosenBy({ 0: 0.1, 313: 0.5 }, { 250: 0.2 })).toEqual([
      [first, 4.5],
      [second, 5],
    ]);
    expect(await chosenBy({ 62: 0.1 }, { 249: 0.2, 63: -0.3, 312: 0.2 })).toEqual([
      [first, 4.5],
      [second, 5],
    ]);
    expect(await chosenBy({}, {})).toEqual([
      [first, 4.5],
      [second, 4.5],
    ]);
  });

  it('keeps given parameters, and the defaults of others where none are chosen', async () => {
    const { chosen, parameters, trials } = await reportOf('gap-fade', {
      parameters: { most: 3 },
      choose: false,
    });
    expect([chosen, trials, parameters.map(({ values }) => values)]).toEqual([
      false,
      1,
      [{ entry: 1, most: 3, invested: 0.9 }],
    ]);
    expect((await reportOf('gap-fade', { parameters: { entry: 4 } })).chosen).toBe(false);
  });

  it('needs two sessions that count', async () => {
    expect((await reportOf('always-long', { to: 23 })).sessions).toBe(2);
    await expect(reportOf('always-long', { to: 22 })).rejects.toThrow('fewer than 2 sessions are left');
  });

  it('counts only sessions with forecasts for a strategy that needs them', async () => {
    const { lower, centre, ...forecasts } = data.forecasts!;
    const late = (column: Float64Array) => column.slice().fill(NaN, 0, 300 * 10);
    const own = { ...data, forecasts: { ...forecasts, lower: late(lower), centre: late(centre) } };
    expect((await reportOf('ranking', { data: own })).sessions).toBe(sessions - 300);
  });

  it('has no verdict where bars leave open what came first, but both results', async () => {
    const near = await reportOf('interval-breakout', { parameters: { stop: 0.5 }, choose: false });
    expect(near.ambiguous.daily).toBeGreaterThan(0.05);
    expect(near.verdict).toBe('unclear');
    expect(near.bestFirst!.profit).toBeGreaterThan(near.net.profit);
    const none = await reportOf('always-long', { choose: false });
    expect([none.ambiguous.daily, none.bestFirst]).toEqual([0, null]);
    expect(none.verdict).not.toBe('unclear');
  });

  it('is the same when its sets are simulated one by one and in another order', async () => {
    const whole = await reportOf('interval-breakout');
    const apart = await reportOf('interval-breakout', {}, async (input) => {
      const backwards = input.sets.toReversed().map((set) => simulateSets({ ...input, sets: [set] })[0]!);
      return backwards.toReversed();
    });
    expect(JSON.stringify(apart)).toBe(JSON.stringify(whole));
  });

  it('chooses among the candidates that are given, and refuses too many', async () => {
    const { tried, trials } = await reportOf('gap-fade', { candidates: { entry: [0.2, 0.4], most: [5] } });
    expect(tried.map(({ values }) => values)).toEqual([
      { entry: 0.2, most: 5, invested: 0.9 },
      { entry: 0.4, most: 5, invested: 0.9 },
    ]);
    expect(trials).toBe(2);
    const refused = (candidates: object) => reportOf('gap-fade', { candidates: candidates as Candidates });
    await expect(refused({ entry: [9] })).rejects.toThrow('--candidates entry: expected a number from 0.1 to 5, got 9');
    const many = Array.from({ length: 41 }, (_, i) => 1 + i);
    await expect(refused({ most: many })).rejects.toThrow('at most 200 combinations, got 205');
  });

  it('counts every trial that was made before, and the same one once', async () => {
    const trialsOf = async (...earlier: readonly string[]) =>
      (await reportOf('ranking', { earlierTrials: new Map(earlier.map((key) => [key, 0.01])) })).trials;
    const [same, other] = [conditions, 'other costs'].map((under) =>
      parameterSets(strategies.ranking, {}).map((set) => trialKey(under, set)),
    );
    expect([await trialsOf(), await trialsOf(...same!), await trialsOf(...same!, ...other!)]).toEqual([3, 3, 6]);
  });
});
