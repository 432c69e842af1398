import { expect, it } from 'vitest';
import { Account } from '../account/account.ts';
import { usualCosts } from '../costs/cost-model.ts';
import { withoutLimits } from '../rules/risk-limits.ts';
import { noiseData } from '../testing/noise-data.ts';
import { decideSession } from './one-session.ts';

it('refuses a second order of a symbol that would pass its limit, as the backtest does', () => {
  const data = noiseData({ symbols: 2, sessions: 30, seed: 5 });
  const account = new Account({ kind: 'margin', cash: 10_000_000, symbols: 2 });
  const limits = { ...withoutLimits, position: 1_000_000 };
  const settings = {
    account: 'margin',
    cash: 1e7,
    costs: usualCosts,
    limits,
    rules: true,
    participation: 0.01,
  } as const;
  const { orders, refused } = decideSession({ data, t: 25, account, settings }, (view) => {
    const shares = 100 * Math.ceil(600_000 / view.close(0) / 100);
    const order = { symbol: 0, side: 'buy', shares, type: 'market', time: 'open' } as const;
    return [order, order];
  });
  expect([orders.length, refused]).toEqual([1, { position: 1 }]);
});
