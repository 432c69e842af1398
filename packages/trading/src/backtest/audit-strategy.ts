import { DayTradeError } from '@daytrade/errors';
import { dateOfDayNumber } from '@daytrade/market';
import type { SessionIndex } from '@daytrade/series';
import { Account } from '../account/account.ts';
import type { Order } from '../rules/order.ts';
import type { Decide } from '../strategies/strategy.ts';
import { type BacktestData, cutBefore } from './backtest-data.ts';
import { simulate } from './simulate.ts';
import type { SimulationSettings } from './simulation.ts';
import { View } from './view.ts';

/** Sessions simulated before each audited one. */
const warmUp = 20;

/** Input of an audit. */
export interface StrategyAudit {
  readonly data: BacktestData;
  readonly decide: Decide;
  readonly settings: SimulationSettings;
  readonly from: SessionIndex;
  readonly to: SessionIndex;
  /** Number of audited sessions, spread evenly. */
  readonly probes: number;
}

/**
 * Refuses a strategy whose orders depend on later bars. At each audited session the data is cut off; the orders up to
 * then must be the same as with all data.
 *
 * @throws DayTradeError `strategy.looks-ahead` with the first session whose orders differ
 */
export function auditStrategy({ data, decide, settings, from, to, probes }: StrategyAudit): void {
  const count = Math.min(probes, to - from);
  for (let k = 0; k < count; k += 1) {
    const last = from + Math.floor(((k + 1) * (to - from)) / count) - 1;
    const range = { settings, from: Math.max(from, last - warmUp), to: last };
    const whole = decisionsOf(data, decide, range);
    const cut = decisionsOf(cutBefore(data, last), decide, range);
    const differing = whole.findIndex((orders, i) => JSON.stringify(orders) !== JSON.stringify(cut[i]));
    if (differing < 0) continue;
    const date = dateOfDayNumber(data.panel.days[range.from + differing]!);
    throw new DayTradeError('strategy.looks-ahead', `on ${date} its orders change when later bars are cut off`, {
      details: { session: date },
    });
  }
}

/** Returns the orders of each session, and those of the session after the last. */
function decisionsOf(
  data: BacktestData,
  decide: Decide,
  { settings, from, to }: Pick<StrategyAudit, 'settings' | 'from' | 'to'>,
): readonly (readonly Order[])[] {
  const { decisions = [] } = simulate({ data, settings, from, to, decideAt: () => decide, keepDecisions: true });
  const view = new View(data);
  view.goTo(to);
  const { account: kind, cash } = settings;
  return [...decisions, decide(view, new Account({ kind, cash, symbols: view.symbols }))];
}
