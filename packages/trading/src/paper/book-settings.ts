import type { PaperSettings } from '@daytrade/contracts';
import type { SimulationSettings } from '../backtest/settings.ts';
import { commissionTables } from '../costs/commission.ts';
import { usualCosts } from '../costs/cost-model.ts';
import { withoutLimits } from '../rules/risk-limits.ts';
import { strategies } from '../strategies/catalogue.ts';

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
