import { describe, expect, it } from 'vitest';
import { alwaysLong } from './always-long.ts';
import { defaultParameters } from './catalogue.ts';
import { gapFade } from './gap-fade.ts';
import { intervalBreakout } from './interval-breakout.ts';
import { ranking } from './ranking.ts';
import type { Decide, Strategy } from './strategy.ts';
import { viewWith } from './view.fixture.ts';

// Four symbols at 1,000 yen without limits near; the most traded first.
const wide = { lowerLimit: [1, 1, 1, 1], upperLimit: [9_000, 9_000, 9_000, 9_000] };
const close = [1_000, 1_000, 1_000, 1_000];
const volume = [4e9, 3e9, 2e9, 1e9];
const bounds = { lower: [900, 980, 980, 980], upper: [1_100, 1_020, 1_020, 1_020] };
const view = viewWith({ close, volume, ...bounds, ...wide });

type Account = Parameters<Decide>[1];
const account = (kind: Account['kind'], equity = 1_000_000) => ({ kind, equity }) as Account;
const ordersBy = (strategy: Strategy, kind: Account['kind'], parameters: object, of = view) =>
  strategy.with(defaultParameters(strategy, { ...parameters }))(of, account(kind));

describe('always-long', () => {
  it('buys equal amounts of the most traded symbols at the open, and sells them at the close', () => {
    const order = { side: 'buy', type: 'market', time: 'open', closes: true };
    expect(ordersBy(alwaysLong, 'cash', { most: 2, invested: 0.9 })).toEqual([
      { ...order, symbol: 0, shares: 400 },
      { ...order, symbol: 1, shares: 400 },
    ]);
  });

  it('divides the equity by the symbols that there are, and orders no part of a lot', () => {
    expect(ordersBy(alwaysLong, 'cash', { most: 10, invested: 0.9 }).map(({ shares }) => shares)).toEqual([
      200, 200, 200, 200,
    ]);
    expect(ordersBy(alwaysLong, 'cash', { most: 10, invested: 0.3 })).toEqual([]);
  });
});

describe('gap-fade', () => {
  // The deviation of a symbol: half of its 93 % interval is 1.81 deviations.
  const away = Math.log(1_100 / 900) / (2 * 1.8119106729525978);
  const order = { symbol: 0, shares: 400, type: 'limit', time: 'open', closes: true };

  it('orders both sides of the last close by one deviation, on the grid away from it', () => {
    expect(ordersBy(gapFade, 'day-margin', { most: 2, invested: 0.9 }).slice(0, 2)).toEqual([
      { ...order, side: 'buy', price: Math.floor(1_000 * Math.exp(-away)) },
      { ...order, side: 'sell', price: Math.ceil(1_000 * Math.exp(away)) },
    ]);
  });

  it('goes further with its entry, only buys on a cash account, and shares what is invested by the most symbols', () => {
    expect(ordersBy(gapFade, 'cash', { entry: 2, most: 2, invested: 0.5 })[0]).toEqual({
      ...order,
      shares: 200,
      side: 'buy',
      price: Math.floor(1_000 * Math.exp(-2 * away)),
    });
    expect(ordersBy(gapFade, 'cash', { most: 2 }).map(({ symbol, side }) => [symbol, side])).toEqual([
      [0, 'buy'],
      [1, 'buy'],
    ]);
    expect(ordersBy(gapFade, 'cash', { most: 10, invested: 0.5 })).toEqual([]);
  });
});

describe('interval-breakout', () => {
  const [up, down] = [Math.log(1.1), Math.log(0.9)];
  const order = { symbol: 0, shares: 400, type: 'stop', time: 'day', closes: true };

  it('follows a price that goes a part of the way to a bound, with a stop loss on the way back', () => {
    expect(ordersBy(intervalBreakout, 'day-margin', { share: 0.5, stop: 1.5, most: 2 }).slice(0, 2)).toEqual([
      {
        ...order,
        side: 'buy',
        price: Math.ceil(1_000 * Math.exp(0.5 * up)),
        stopLoss: Math.floor(1_000 * Math.exp(-0.25 * up)),
      },
      {
        ...order,
        side: 'sell',
        price: Math.floor(1_000 * Math.exp(0.5 * down)),
        stopLoss: Math.ceil(1_000 * Math.exp(-0.25 * down)),
      },
    ]);
    expect(ordersBy(intervalBreakout, 'cash', { most: 1 }).map(({ side }) => side)).toEqual(['buy']);
  });

  it.each([
    ['no forecast', [NaN, 980, 980, 980], [NaN, 1_020, 1_020, 1_020]],
    ['an interval above the last close', [1_001, 980, 980, 980], [1_100, 1_020, 1_020, 1_020]],
    ['an interval below it', [900, 980, 980, 980], [999, 1_020, 1_020, 1_020]],
    ['an interval that begins at it', [1_000, 980, 980, 980], [1_100, 1_020, 1_020, 1_020]],
    ['an interval that ends at it', [900, 980, 980, 980], [1_000, 1_020, 1_020, 1_020]],
  ])('leaves a symbol with %s', (_, lower, upper) => {
    const other = viewWith({ close, volume, lower, upper, ...wide });
    expect(ordersBy(intervalBreakout, 'cash', { most: 1 }, other)).toEqual([]);
    expect(ordersBy(intervalBreakout, 'cash', { most: 2, invested: 0.9 }, other)).toMatchObject([{ symbol: 1 }]);
  });
});

describe('ranking', () => {
  const parameters = { each: 1, volatility: 0.05, bookRisk: 0.2 };
  const centre = [1_000, 1_010, 1_005, 990];
  const ranked = viewWith({ close, volume, centre, lower: [980, 980, 980, 980], upper: bounds.upper, ...wide });
  const order = { type: 'market', time: 'open', closes: true };

  it('buys what is forecast highest and sells what is forecast lowest, within the value at risk', () => {
    // A loss of 2 % is the value at risk of each position, of which the book bears 20 %.
    expect(ordersBy(ranking, 'day-margin', parameters, ranked)).toEqual([
      { ...order, symbol: 1, side: 'buy', shares: 4_500 },
      { ...order, symbol: 3, side: 'sell', shares: 4_500 },
    ]);
    expect(ordersBy(ranking, 'cash', { ...parameters, each: 9 }, ranked).map(({ symbol }) => symbol)).toEqual([1, 2]);
  });

  it('leaves symbols without a forecast', () => {
    const few = viewWith({ close, volume, ...bounds, ...wide, centre: [NaN, NaN, 1_005, 990] });
    expect(ordersBy(ranking, 'day-margin', parameters, few).map(({ symbol }) => symbol)).toEqual([2, 3]);
  });
});
