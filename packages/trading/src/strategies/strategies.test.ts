import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditStrategy } from '../backtest/audit-strategy.ts';
import { simulate } from '../backtest/simulate.ts';
import { noiseData, usualSettings as settings } from '../testing/noise-data.ts';
import { defaultParameters, strategies } from './catalogue.ts';
import { threeDown } from './fixtures/three-down.ts';
import type { Strategy } from './strategy.ts';

const data = noiseData({ symbols: 8, sessions: 140, seed: 3 });
const [from, to] = [22, 140];

/** The list with the example of docs/strategies.md, as one more file and one more line. */
const list: Readonly<Record<string, Strategy>> = { ...strategies, [threeDown.name]: threeDown };

describe.each(Object.entries(list))('%s', (name, strategy) => {
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

it('shows the fixture as the example of docs/strategies.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/strategies.md'), 'utf8');
  const example = page.split('```ts\n')[1]?.split('```')[0];
  expect(readFileSync(join(import.meta.dirname, 'fixtures/three-down.ts'), 'utf8')).toContain(example);
});
