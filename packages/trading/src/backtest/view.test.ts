import { noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import { noise, session, symbols, viewWith } from '../strategies/view.fixture.ts';
import { View } from './view.ts';

const names = ['open', 'high', 'low', 'close', 'volume'] as const;

it.each(names)('counts the sessions of each %s back from the newest finished one', (name) => {
  const view = viewWith({});
  const at = (t: number, symbol: number) => noise.panel[name][t * symbols + symbol];
  for (const symbol of [0, 3]) {
    expect([view[name](symbol), view[name](symbol, 0), view[name](symbol, 1), view[name](symbol, 29)]).toEqual([
      at(29, symbol),
      at(29, symbol),
      at(28, symbol),
      at(0, symbol),
    ]);
    expect([view[name](symbol, 30), view[name](symbol, -1)]).toEqual([NaN, NaN]);
  }
  expect(view.bars[name]).toEqual(noise.panel[name].subarray(0, session * symbols));
});

describe('the forecasts and limits of the session to come', () => {
  it('are its own', () => {
    const { forecasts, limits } = noise;
    const view = viewWith({});
    const row = session * symbols + 2;
    expect([view.session, view.centre(2), view.lower(2), view.upper(2)]).toEqual([
      session,
      forecasts!.centre[row],
      forecasts!.lower[row],
      forecasts!.upper[row],
    ]);
    // Those of the limits lie at the session before, from whose close they follow.
    expect([view.lowerLimit(2), view.upperLimit(2)]).toEqual([
      limits.lower[row - symbols],
      limits.upper[row - symbols],
    ]);
  });

  it('are none where there are no forecasts, and no limits for adjusted prices', () => {
    const panel = noisePanel({ symbolCount: symbols, sessionCount: 40, seed: 2 });
    const view = viewWith({}, { forecasts: undefined, panel });
    expect([view.centre(0), view.lower(0), view.upper(0)]).toEqual([NaN, NaN, NaN]);
    expect([view.lowerLimit(0), view.upperLimit(0), view.isTraded(0)]).toEqual([-Infinity, Infinity, false]);
  });
});

it('has lots of 100 shares where none are given, and every symbol in a universe without members', () => {
  expect([viewWith({}).lot(1), viewWith({}, { lots: [1, 10, 1, 1] }).lot(1)]).toEqual([100, 10]);
  expect(viewWith({}).isMember(1)).toBe(true);
  const members = new Uint8Array(noise.panel.close.length);
  members[session * symbols + 1] = 1;
  const some = viewWith({}, { panel: { ...noise.panel, members } });
  expect([0, 1, 2, 3].map((symbol) => some.isMember(symbol))).toEqual([false, true, false, false]);
});

it.each([
  [999, 1, 1_000, 998],
  [2_999, 1, 3_000, 2_998],
  [3_000, 1, 3_005, 2_999],
  [3_005, 5, 3_010, 3_000],
])('at %d yen has a tick of %d, and the prices beside it', (price, tick, above, below) => {
  const view = viewWith({});
  expect([view.tick(0, price), view.above(0, price), view.below(0, price)]).toEqual([tick, above, below]);
});

it('goes by steps of a tick from adjusted prices, which have no grid', () => {
  const view = viewWith({}, { panel: noisePanel({ symbolCount: symbols, sessionCount: 40, seed: 2 }) });
  expect([view.above(0, 3_003.5), view.below(0, 3_003.5)]).toEqual([3_008.5, 2_998.5]);
});

describe('what is recent', () => {
  const { close, volume } = noise.panel;
  const column = (values: Float64Array, symbol: number, t: number, count: number) =>
    Array.from({ length: count }, (_, back) => values[(t - 1 - back) * symbols + symbol]!);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it.each([
    [21, 0],
    [30, 3],
  ])('is the deviation of 20 returns and the mean of 20 volumes, before session %i', (t, symbol) => {
    const view = new View(noise);
    view.goTo(t);
    const closes = column(close, symbol, t, 21);
    const returns = closes.slice(0, 20).map((value, back) => Math.log(value / closes[back + 1]!));
    const deviation = Math.sqrt(mean(returns.map((value) => value ** 2)) - mean(returns) ** 2);
    const volumes = mean(column(volume, symbol, t, 20));
    // Asked twice: the second answer is a remembered one.
    for (const _ of [1, 2]) {
      expect(view.pastVolatility(symbol)).toBeCloseTo(deviation, 12);
      expect(view.meanVolume(symbol)).toBeCloseTo(volumes, 6);
    }
  });

  it('is unknown with fewer sessions', () => {
    const view = new View(noise);
    const known = [19, 20, 21].map((t) => {
      view.goTo(t);
      return [view.pastVolatility(0) > 0, view.meanVolume(0) > 0];
    });
    expect(known).toEqual([
      [false, false],
      [false, true],
      [true, true],
    ]);
  });

  it('is 0 where prices stood still', () => {
    const still = { ...noise.panel, close: noise.panel.close.slice().fill(1_000) };
    expect(viewWith({}, { panel: still }).pastVolatility(0)).toBe(0);
  });
});
