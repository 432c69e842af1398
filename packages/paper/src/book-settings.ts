import { type SimulationSettings, strategies } from '@daytrade/backtest';
import type { PaperSettings } from '@daytrade/contracts';
import { commissionTables, usualCosts, withoutLimits } from '@daytrade/trading';

/** How a book trades, in the words of a backtest. */
export function simulationSettings(settings: PaperSettings): SimulationSettings {
  const { account, cash, commission, spreadTicks, impact, participation } = settings;
  const { maxPosition, maxExposure, maxSessionLoss } = settings;
  return {
    account,
    cash,
    costs: { ...usualCosts, commission: commissionTables[commission], spreadTicks, impact },
    limits: { ...withoutLimits, position: maxPosition, exposure: maxExposure, dailyLoss: maxSessionLoss },
    rules: true,
    participation,
  };
}

/** What a book does before each open. */
export function decideOf({ strategy, parameters }: PaperSettings) {
  return strategies[strategy].with(parameters);
}
