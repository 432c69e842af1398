import { DayTradeError } from '@daytrade/errors';
import { dateOfDayNumber } from '@daytrade/market';
import type { SessionIndex } from '@daytrade/series';
import type { Decide } from '../strategies/strategy.ts';
import { type BacktestData, KnownData } from './backtest-data.ts';
import { simulate } from './simulate.ts';
import type { SimulationSettings } from './simulation.ts';
import { View } from './view.ts';

export interface StrategyAudit {
  readonly data: BacktestData;
  readonly decide: Decide;
  readonly settings: SimulationSettings;
  /** First session, and the one after the last. */
  readonly from: SessionIndex;
  readonly to: SessionIndex;
}

/**
 * Refuses a strategy whose orders depend on later bars. In each session it decides twice: on all data, and on data that
 * ends before the session. The orders must be the same.
 *
 * @throws DayTradeError `strategy.looks-ahead` with the first session whose orders differ
 */
export function auditStrategy({ data, decide, settings, from, to }: StrategyAudit): void {
  const known = new KnownData(data);
  const knownView = new View(known.data);
  const decideTwice = (t: SessionIndex): Decide => {
    known.goTo(t);
    knownView.goTo(t);
    return (view, account) => {
      const orders = decide(view, account);
      if (JSON.stringify(orders) !== JSON.stringify(decide(knownView, account))) throw looksAhead(data, t);
      return orders;
    };
  };
  simulate({ data, settings, from, to, decideAt: decideTwice });
}

function looksAhead({ panel }: BacktestData, t: SessionIndex): DayTradeError {
  const date = dateOfDayNumber(panel.days[t]!);
  return new DayTradeError('strategy.looks-ahead', `on ${date} its orders change when later bars are cut off`, {
    details: { session: date },
  });
}
