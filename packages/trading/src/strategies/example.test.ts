import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { auditStrategy } from '../backtest/audit-strategy.ts';
import { simulate } from '../backtest/simulate.ts';
import { usualCosts } from '../costs/cost-model.ts';
import { withoutLimits } from '../rules/risk-limits.ts';
import { noiseData } from '../testing/noise-data.ts';
import { defaultParameters } from './catalogue.ts';
import { mostTraded, sharesFor } from './measures.ts';
import { invested, most } from './shared-parameters.ts';
import type { Strategy } from './strategy.ts';

/** Buys what fell three sessions in a row, and sells at the close. */
const threeDown: Strategy = {
  name: 'three-down',
  summary: 'buys what fell three sessions in a row, from open to close',
  parameters: [most, invested],
  needsForecasts: false,
  with: (parameters) => (view, account) =>
    mostTraded(view, parameters.most!).flatMap((symbol) => {
      const fell = [0, 1, 2].every((back) => view.close(symbol, back) < view.close(symbol, back + 1));
      const shares = sharesFor(view, symbol, (account.equity * parameters.invested!) / parameters.most!);
      return fell && shares > 0 ? [{ symbol, side: 'buy', shares, type: 'market', time: 'open', closes: true }] : [];
    }),
};

const sessions = 120;
const settings = {
  account: 'day-margin',
  cash: 10_000_000,
  costs: usualCosts,
  limits: withoutLimits,
  rules: true,
  participation: 0.01,
} as const;

it('is the example of docs/strategies.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/strategies.md'), 'utf8');
  const example = page.split('```ts\n')[1]?.split('```')[0]?.replace('export const', 'const');
  expect(readFileSync(import.meta.filename, 'utf8')).toContain(example);
});

it('trades, and passes the audit', () => {
  const data = noiseData({ symbols: 8, sessions, seed: 3 });
  const decide = threeDown.with(defaultParameters(threeDown, {}));
  const range = { data, settings, from: 22, to: sessions };
  auditStrategy({ ...range, decide, probes: 3 });
  expect(simulate({ ...range, decideAt: () => decide }).trades.length).toBeGreaterThan(5);
});
