import { dayNumber, parseTradeDate, sessionsBetween } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { createSyntheticExchange, syntheticInformationCoefficient } from './synthetic-exchange.ts';

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

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const result = values.map(() => 0);
  for (const [rank, i] of order.entries()) result[i] = rank;
  return result;
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

describe('the known signal', () => {
  const daily: number[] = [];
  const hits: number[] = [];
  for (let t = 30; t < sessions.length - 1; t++) {
    const predicted: number[] = [];
    const happened: number[] = [];
    for (const [s, { symbol }] of exchange.symbols.entries()) {
      const prediction = exchange.idealPrediction(symbol, sessions[t]!);
      const value = returns[s]![t + 1]!;
      if (prediction === undefined || Number.isNaN(value)) continue;
      predicted.push(prediction);
      happened.push(value);
      if (value !== 0) hits.push(prediction > 0 === value > 0 ? 1 : 0);
    }
    daily.push(correlation(ranks(predicted), ranks(happened)));
  }

  it('has the documented information coefficient, within three standard errors of the measurement', () => {
    const ic = mean(daily);
    const error = Math.sqrt(mean(daily.map((value) => (value - ic) ** 2)) / daily.length);
    expect(error).toBeLessThan(0.0025);
    expect(Math.abs(ic - syntheticInformationCoefficient)).toBeLessThan(3 * error);
  });

  it('is weak: even the ideal prediction is right about the direction on 51 to 52 of 100 symbol-days', () => {
    expect(mean(hits)).toBeGreaterThan(0.505);
    expect(mean(hits)).toBeLessThan(0.525);
  });

  it('is undefined without a bar and depends on nothing after the session', () => {
    expect(exchange.idealPrediction('0101', parseTradeDate('2013-12-30'))).toBeUndefined();
    expect(exchange.idealPrediction('0101', parseTradeDate('2026-11-23'))).toBeUndefined();
    const fresh = createSyntheticExchange({ seed: 11, symbols: 50, start });
    const session = parseTradeDate('2026-11-24');
    expect(fresh.idealPrediction('0142', session)).toBe(exchange.idealPrediction('0142', session));
  });
});
