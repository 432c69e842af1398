import { DayTradeError } from '@daytrade/errors';
import { dateOfDayNumber } from '@daytrade/market';
import type { SessionIndex } from '@daytrade/series';
import { Account } from '../account/account.ts';
import type { Order } from '../rules/order.ts';
import type { Decide } from '../strategies/strategy.ts';
import { type BacktestData, cutBefore } from './backtest-data.ts';
import type { SimulationSettings } from './settings.ts';
import { simulate } from './simulate.ts';
import { View } from './view.ts';

/** Sessions before each examined one that are gone through as well. */
const run = 20;

/** What an audit goes through. */
export interface StrategyAudit {
  readonly data: BacktestData;
  readonly decide: Decide;
  readonly settings: SimulationSettings;
  readonly from: SessionIndex;
  readonly to: SessionIndex;
  /** Sessions that are examined, spread evenly. */
  readonly probes: number;
}

/**
 * Refuses a strategy whose orders depend on what comes after: at some sessions the data is cut off, and the orders up
 * to then must be the same as with all of it.
 *
 * @throws DayTradeError `strategy.looks-ahead` with the first session at which they differ
 */
export function auditStrategy({ data, decide, settings, from, to, probes }: StrategyAudit): void {
  const count = Math.min(probes, to - from);
  for (let k = 0; k < count; k += 1) {
    const last = from + Math.floor(((k + 1) * (to - from)) / count) - 1;
    const range = { settings, from: Math.max(from, last - run), to: last };
    const whole = decisionsOf(data, decide, range);
    const cut = decisionsOf(cutBefore(data, last), decide, range);
    const differing = whole.findIndex((orders, i) => !areEqual(orders, cut[i]));
    if (differing < 0) continue;
    const date = dateOfDayNumber(data.panel.days[range.from + differing]!);
    throw new DayTradeError(
      'strategy.looks-ahead',
      `on ${date} its orders are others without the bars that came after`,
      {
        details: { session: date },
      },
    );
  }
}

/** The orders of each session, and those of the session after the last. */
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

function areEqual(one: readonly Order[], other: readonly Order[] | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
