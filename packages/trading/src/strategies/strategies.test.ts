import { describe, expect, it } from 'vitest';
import { auditStrategy } from '../backtest/run-backtest.ts';
import { simulate } from '../backtest/simulate.ts';
import { noiseData, usualSettings as settings } from '../testing/noise-data.ts';
import { defaultParameters, strategies } from './catalogue.ts';

const data = noiseData({ symbols: 8, sessions: 140, seed: 3 });
const [from, to] = [22, 140];

describe.each(Object.entries(strategies))('%s', (name, strategy) => {
  // The nights of the noise are quiet.
  const decide = strategy.with(defaultParameters(strategy, name === 'gap-fade' ? { entry: 0.2 } : {}));

  it('is listed under its own name', () => {
    expect(strategy.name).toBe(name);
  });

  it('trades, is flat at each close, and has costs', () => {
    const { trades, counts, net } = simulate({ data, settings, from, to, decideAt: () => decide });
    expect(trades.length).toBeGreaterThan(20);
    expect(trades.every(({ opened, closed }) => opened === closed)).toBe(true);
    expect(counts.costs).toBeGreaterThan(0);
    const profit = trades.reduce((sum, { side, shares, entry, exit }) => sum + side * shares * (exit - entry), 0);
    expect(settings.cash + profit - net.at(-1)!).toBeCloseTo(counts.costs, 3);
  });

  it('passes the audit', () => {
    expect(() => auditStrategy({ data, decide, settings, from, to })).not.toThrow();
  });
});
