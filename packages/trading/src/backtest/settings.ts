import type { AccountKind } from '../account/account.ts';
import type { CostModel } from '../costs/cost-model.ts';
import type { RiskLimits } from '../rules/risk-limits.ts';

/** How a backtest trades. */
export interface SimulationSettings {
  readonly account: AccountKind;
  /** Yen to begin with. */
  readonly cash: number;
  readonly costs: CostModel;
  readonly limits: RiskLimits;
  /**
   * The rules of the exchange: grid, lots, daily limits, auctions, short sales, a share of the volume. Without them
   * every market order fills at its price, which is what other backtesters do.
   */
  readonly rules: boolean;
  /** Share of the volume that one order may have. */
  readonly participation: number;
}
