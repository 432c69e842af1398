import { describe, expect, it } from 'vitest';
import { checkedParameters, defaultParameters, isShipped, parameterSets, strategyNamed } from './catalogue.ts';

const strategy = {
  name: 'own',
  parameters: [
    { name: 'entry', description: '', low: 0.5, high: 5, default: 1, candidates: [1, 2] },
    { name: 'most', description: '', low: 1, high: 300, whole: true, default: 10, candidates: [10, 20, 30] },
  ],
};

describe('the parameter sets to try', () => {
  it('are all combinations of the candidates, the first parameter slowest', () => {
    expect(parameterSets(strategy, {})).toEqual([
      { entry: 1, most: 10 },
      { entry: 1, most: 20 },
      { entry: 1, most: 30 },
      { entry: 2, most: 10 },
      { entry: 2, most: 20 },
      { entry: 2, most: 30 },
    ]);
  });

  it('have a given value in the place of all candidates, and chosen candidates in the place of its own', () => {
    const sets = parameterSets(strategy, { entry: 3 }, { entry: [4, 5], most: [7] });
    expect(sets).toEqual([{ entry: 3, most: 7 }]);
  });

  it('are 200 at most', () => {
    const upTo = (count: number) => ({ entry: [2], most: Array.from({ length: count }, (_, i) => i + 1) });
    expect(parameterSets(strategy, {}, upTo(200))).toHaveLength(200);
    expect(() => parameterSets(strategy, {}, upTo(201))).toThrow('expected at most 200 combinations, got 201');
  });
});

describe('given parameters', () => {
  it.each([{ entry: 0.5, most: 1 }, { entry: 5, most: 300 }, { entry: 1.5 }, {}])(
    'within their range replace the defaults: %o',
    (given) => {
      expect(checkedParameters(strategy, given)).toEqual({ entry: 1, most: 10, ...given });
      expect(defaultParameters(strategy, given)).toEqual({ entry: 1, most: 10, ...given });
      expect(parameterSets(strategy, given)[0]).toEqual({ entry: 1, most: 10, ...given });
    },
  );

  it.each([
    [{ entry: 0.49 }, 'entry: expected a number from 0.5 to 5, got 0.49'],
    [{ entry: 5.01 }, 'entry: expected a number from 0.5 to 5, got 5.01'],
    [{ entry: NaN }, 'entry: expected a number from 0.5 to 5, got NaN'],
    [{ most: 0 }, 'most: expected a whole number from 1 to 300, got 0'],
    [{ most: 1.5 }, 'most: expected a whole number from 1 to 300, got 1.5'],
    [{ most: 301 }, 'most: expected a whole number from 1 to 300, got 301'],
    [{ exit: 1 }, 'exit: own has no such parameter; it has entry, most'],
  ])('beyond it are refused: %o', (given, message) => {
    for (const check of [checkedParameters, parameterSets]) {
      expect(() => check(strategy, given)).toThrow(`--set ${message}`);
    }
    const [[name, value]] = Object.entries(given) as [[string, number]];
    expect(() => parameterSets(strategy, {}, { [name]: [value] })).toThrow(`--candidates ${message}`);
    expect(() => checkedParameters(strategy, given)).toThrow(
      expect.objectContaining({ code: 'input.invalid', details: { field: '--set', parameter: name } }),
    );
  });
});

it('tells the strategies of the platform from others', () => {
  expect(['ranking', 'mine', 'toString'].map((name) => isShipped(name))).toEqual([true, false, false]);
  expect(strategyNamed('ranking').name).toBe('ranking');
  expect(() => strategyNamed('mine')).toThrow(
    'strategy: there is no mine; there are always-long, gap-fade, interval-breakout, ranking',
  );
});

it('has parameters with these ranges, defaults and candidates', () => {
  const most = { name: 'most', low: 1, high: 500, whole: true, default: 10, candidates: [10] };
  const invested = { name: 'invested', low: 0.01, high: 3, default: 0.9, candidates: [0.9] };
  const of = (name: string) => {
    const { parameters, needsForecasts } = strategyNamed(name);
    return [needsForecasts, ...parameters.map(({ description: _description, ...one }) => one)];
  };
  expect(of('always-long')).toEqual([false, most, invested]);
  expect(of('gap-fade')).toEqual([
    false,
    { name: 'entry', low: 0.1, high: 5, default: 1, candidates: [0.5, 0.75, 1, 1.5, 2] },
    most,
    invested,
  ]);
  expect(of('interval-breakout')).toEqual([
    true,
    { name: 'share', low: 0.1, high: 1, default: 0.6, candidates: [0.4, 0.6, 0.8, 1] },
    { name: 'stop', low: 0.1, high: 3, default: 1.5, candidates: [1.5, 2] },
    most,
    invested,
  ]);
  expect(of('ranking')).toEqual([
    true,
    { name: 'each', low: 1, high: 100, whole: true, default: 5, candidates: [3, 5, 10] },
    { name: 'volatility', low: 0.0001, high: 0.05, default: 0.002, candidates: [0.002] },
    { name: 'bookRisk', low: 0.001, high: 0.5, default: 0.05, candidates: [0.05] },
  ]);
});
