import { dayNumber, parseTradeDate, sessionsBetween } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { createSyntheticExchange } from './synthetic-exchange.ts';

const start = parseTradeDate('2014-01-06');
const to = parseTradeDate('2030-12-30');
const exchange = createSyntheticExchange({ seed: 11, symbols: 50, start });
const sessions = sessionsBetween(start, to);
const rowOfDay = new Map(sessions.map((session, t) => [dayNumber(session), t]));
/** Log return of session t, NaN where the symbol has no bar at t or t - 1. */
const returns = exchange.symbols.map(({ symbol }) => {
  const bars = exchange.bars(symbol, start, to);
  const closes = new Float64Array(sessions.length).fill(NaN);
  for (const [i, day] of bars.days.entries()) closes[rowOfDay.get(day)!] = bars.close[i]!;
  return closes.map((close, t) => (t === 0 ? NaN : Math.log(close / closes[t - 1]!)));
});
const market = sessions.map((_, t) => mean(returns.map((series) => series[t]!).filter(Number.isFinite)));

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += (x[i]! - meanX) * (y[i]! - meanY);
    xx += (x[i]! - meanX) ** 2;
    yy += (y[i]! - meanY) ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}

function kurtosis(values: readonly number[]): number {
  const centre = mean(values);
  const square = mean(values.map((value) => (value - centre) ** 2));
  return mean(values.map((value) => (value - centre) ** 4)) / square ** 2;
}

describe('the returns of the synthetic exchange', () => {
  const known = returns.map((series) => Array.from(series).filter(Number.isFinite));

  it('have fat tails, in every symbol', () => {
    for (const series of known) expect(kurtosis(series)).toBeGreaterThan(4);
  });

  it('cluster: a session that moved far is followed by sessions that do, for weeks, in every symbol', () => {
    for (const series of known) {
      const sizes = series.map(Math.abs);
      for (const lag of [1, 5, 10]) {
        expect(correlation(sizes.slice(lag), sizes.slice(0, -lag))).toBeGreaterThan(0.03);
      }
    }
  });

  it('unsettle the market more when it falls (leverage)', () => {
    const sizes = market.slice(2).map(Math.abs);
    expect(correlation(market.slice(1, -1), sizes)).toBeLessThan(-0.05);
  });
});

it('the ideal prediction is undefined without a bar and depends on nothing after the session', () => {
  expect(exchange.idealPrediction('0101', parseTradeDate('2013-12-30'))).toBeUndefined();
  expect(exchange.idealPrediction('0101', parseTradeDate('2026-11-23'))).toBeUndefined();
  const fresh = createSyntheticExchange({ seed: 11, symbols: 50, start });
  const session = parseTradeDate('2026-11-24');
  expect(fresh.idealPrediction('0142', session)).toBe(exchange.idealPrediction('0142', session));
});
