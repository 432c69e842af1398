import { noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import { expectedVolatility, mostTraded, onGrid, riskWeights, sharesFor } from './sizing.ts';
import { noise, session, symbols, viewWith } from './view.fixture.ts';

const thousand = [1_000, 1_000, 1_000, 1_000];

describe('the expected volatility of a symbol', () => {
  it('is that whose 93 % of a normal distribution is as wide as the published interval', () => {
    const bound = Math.exp(1.8119106729525978 * 0.02);
    const view = viewWith({ close: thousand, lower: [1_000 / bound], upper: [1_000 * bound] });
    expect(expectedVolatility(view, 0)).toBeCloseTo(0.02, 12);
  });

  it('is that of the last 20 returns where no interval was published', () => {
    const view = viewWith({ lower: [NaN], upper: [NaN] });
    const closes = Array.from({ length: 21 }, (_, back) => view.close(0, back));
    const returns = closes.slice(0, 20).map((close, back) => Math.log(close / closes[back + 1]!));
    const mean = returns.reduce((sum, value) => sum + value, 0) / 20;
    const deviation = Math.sqrt(returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 20);
    expect(expectedVolatility(view, 0)).toBeCloseTo(deviation, 9);
    expect(expectedVolatility(viewWith({ lower: [1_000], upper: [1_000] }), 0)).toBeCloseTo(deviation, 9);
  });
});

describe('the most traded symbols', () => {
  it('are those with the largest mean turnover, by their index where it is equal, without those not traded', () => {
    const same = { ...noise, panel: { ...noise.panel, volume: noise.panel.volume.slice().fill(100) } };
    const view = (close: readonly number[]) =>
      viewWith({ close }, { panel: { ...same.panel, close: withLast(close) } });
    expect(mostTraded(view([100, 300, 200, 400]), 3)).toEqual([3, 1, 2]);
    expect(mostTraded(view([100, 100, 200, 100]), 4)).toEqual([2, 0, 1, 3]);
    expect(mostTraded(view([NaN, 300, 200, NaN]), 4)).toEqual([1, 2]);
  });

  it('are members of the universe of their time', () => {
    const members = new Uint8Array(noise.panel.close.length);
    members.set([0, 1, 0, 1], session * symbols);
    expect(new Set(mostTraded(viewWith({}, { panel: { ...noise.panel, members } }), 4))).toEqual(new Set([1, 3]));
  });

  function withLast(close: readonly number[]): Float64Array {
    const column = noise.panel.close.slice();
    column.set(close, (session - 1) * symbols);
    return column;
  }
});

it.each([
  [99_999, 0],
  [100_000, 100],
  [299_999, 200],
  [-500_000, 0],
  [NaN, 0],
])('%d yen at a price of 1,000 buy %i shares in lots of 100', (yen, shares) => {
  expect(sharesFor(viewWith({ close: thousand }), 0, yen)).toBe(shares);
});

it('lots have their own size', () => {
  expect(sharesFor(viewWith({ close: thousand }, { lots: [1, 1, 1, 1] }), 0, 2_500)).toBe(2);
});

describe('the price of an order', () => {
  const limited = viewWith({ close: thousand, lowerLimit: [700], upperLimit: [1_300] });

  it.each([
    [1_000.4, 'down', 1_000],
    [1_000.4, 'up', 1_001],
    [1_400, 'up', 1_300],
    [100, 'down', 700],
  ] as const)('of %d rounded %s within 700 and 1,300 is %d', (price, rounding, expected) => {
    expect(onGrid(limited, 0, price, rounding)).toBe(expected);
  });

  it('is no number where a limit is none', () => {
    expect(onGrid(viewWith({ lowerLimit: [NaN], upperLimit: [NaN] }), 0, 1_000, 'down')).toBeNaN();
  });

  it('has neither grid nor limits where prices are adjusted', () => {
    const panel = noisePanel({ symbolCount: symbols, sessionCount: 40, seed: 2 });
    const adjusted = panel.symbols.map((symbol) => ({ ...symbol, priceBasis: 'fully-adjusted' as const }));
    const view = viewWith({}, { panel: { ...panel, symbols: adjusted } });
    expect(onGrid(view, 0, 1e7 + 0.25, 'down')).toBe(1e7 + 0.25);
  });
});

describe('the weights of positions', () => {
  // Intervals of 2 % and 4 % down, 2 % and 4 % up.
  const view = viewWith({
    close: thousand,
    lower: [980, 960, NaN, 1_010],
    upper: [1_020, 1_040, NaN, 1_030],
  });
  const deviation = (lower: number, upper: number) => Math.log(upper / lower) / (2 * 1.8119106729525978);
  const wide = { positionRisk: 1, bookRisk: 10 };

  it('give each the same volatility', () => {
    const weights = riskWeights(view, [0, 1], { ...wide, volatility: 0.002 });
    expect(weights[0]).toBeCloseTo(0.002 / deviation(980, 1_020), 12);
    expect(weights[1]).toBeCloseTo(0.002 / deviation(960, 1_040), 12);
  });

  it('keep the value at risk of a position, the distance of its lower bound', () => {
    expect(riskWeights(view, [0, 1], { volatility: 1, positionRisk: 0.01, bookRisk: 10 })).toEqual([
      expect.closeTo(0.01 / 0.02, 12),
      expect.closeTo(0.01 / 0.04, 12),
    ]);
  });

  it('take the value at risk of the normal distribution where the interval is above the price', () => {
    const risk = 1 - Math.exp(-1.8119106729525978 * deviation(1_010, 1_030));
    expect(riskWeights(view, [3], { volatility: 10, positionRisk: 0.01, bookRisk: 10 })[0]).toBeCloseTo(
      0.01 / risk,
      12,
    );
  });

  it('are scaled down together to the value at risk of the book, and never up', () => {
    expect(riskWeights(view, [0, 1], { volatility: 1, positionRisk: 0.01, bookRisk: 0.01 })).toEqual([
      expect.closeTo(0.25, 12),
      expect.closeTo(0.125, 12),
    ]);
    expect(riskWeights(view, [0], { volatility: 1, positionRisk: 0.01, bookRisk: 0.01 })[0]).toBeCloseTo(0.5, 12);
  });

  it('are 0 where the volatility is not known, beside others that keep theirs', () => {
    const young = { ...noise.panel, close: noise.panel.close.slice() };
    young.close[(session - 5) * symbols + 2] = NaN;
    young.close.set(thousand, (session - 1) * symbols);
    const unsure = viewWith({ lower: [980, 960, NaN, 1_010], upper: [1_020, 1_040, NaN, 1_030] }, { panel: young });
    expect(unsure.pastVolatility(2)).toBeNaN();
    const targets = { volatility: 1, positionRisk: 0.01, bookRisk: 0.02 };
    expect(riskWeights(unsure, [2, 0], targets)).toEqual([0, expect.closeTo(0.5, 12)]);
  });
});
