import type { SessionIndex } from '@daytrade/series';
import type { AccountKind } from '../account/account.ts';
import { type ChosenCosts, type CostModel, usualCosts } from '../costs/costs.ts';
import type { RiskLimits } from '../rules/order-limits.ts';
import type { Fill } from '../rules/walk-session.ts';
import type { Decide } from '../strategies/strategy.ts';
import type { BacktestData } from './backtest-data.ts';
import type { SessionOrders } from './backtest-record.ts';
import type { ClosedTrade } from './trade-list.ts';

export interface SimulationSettings {
  readonly account: AccountKind;
  /** Initial yen. */
  readonly cash: number;
  readonly costs: CostModel;
  readonly limits: RiskLimits;
  /**
   * Applies the rules of the exchange: grid, lots, daily limits, auctions, short sales, a share of the volume. Without
   * them every market order fills at its price, as in other backtesters.
   */
  readonly rules: boolean;
  /** Decides doubts about what came first within a bar for the order; by default against it. */
  readonly bestFirst?: boolean;
  /** Share of the volume that one order may have. */
  readonly participation: number;
}

/** A request for a backtest or a paper book, as far as the simulation needs it. */
interface SimulatedRequest extends ChosenCosts, Pick<SimulationSettings, 'account' | 'cash' | 'participation'> {
  readonly maxPosition?: number | undefined;
  readonly maxExposure?: number | undefined;
  readonly maxSessionLoss?: number | undefined;
}

/** Returns the settings that a request asks for, with the usual costs of its account. */
export function simulationSettings(request: SimulatedRequest): SimulationSettings {
  const { account, cash, participation, maxPosition = Infinity, maxExposure = Infinity } = request;
  return {
    account,
    cash,
    costs: usualCosts(account, request),
    limits: { position: maxPosition, exposure: maxExposure, dailyLoss: request.maxSessionLoss ?? Infinity },
    rules: true,
    participation,
  };
}

export interface SimulationInput {
  readonly data: BacktestData;
  /** Returns the rule of a session; it may change from one session to the next. */
  readonly decideAt: (session: SessionIndex) => Decide;
  readonly settings: SimulationSettings;
  /** First session, and the one after the last. */
  readonly from: SessionIndex;
  readonly to: SessionIndex;
  readonly onOrders?: ((orders: SessionOrders) => void) | undefined;
  /** Called with every fill, in the order of booking. */
  readonly onFill?: ((booked: BookedFill) => void) | undefined;
}

/** Result of a simulation, one value per session from `from` on. */
export interface Simulation {
  readonly from: SessionIndex;
  /** Yen at the close of each session, after costs. */
  readonly net: Float64Array;
  /** Highest exposure of each session, yen. */
  readonly exposure: Float64Array;
  readonly trades: readonly ClosedTrade[];
  readonly counts: TradeCounts;
  readonly halted: { readonly session: SessionIndex; readonly reason: string } | undefined;
}

/** A booked fill, the index of its order in the session, and its cost in yen; no order when the broker closed. */
export interface BookedFill {
  readonly session: SessionIndex;
  readonly symbol: number;
  readonly order: number | undefined;
  readonly fill: Fill;
  readonly cost: number;
}

/** Counts of orders, and costs in yen. */
export class TradeCounts {
  orders = 0;
  filled = 0;
  ambiguous = 0;
  /** Refused orders by reason. */
  readonly refused: Record<string, number> = {};
  commission = 0;
  spread = 0;
  impact = 0;
  interest = 0;
  lendingFee = 0;
  penalty = 0;
  /** Yen of dividends, less those that short positions paid. */
  dividends = 0;
  /** Yen traded. */
  turnover = 0;

  refuse(reason: string): void {
    this.refused[reason] = (this.refused[reason] ?? 0) + 1;
  }

  get costs(): number {
    return this.commission + this.spread + this.impact + this.interest + this.lendingFee + this.penalty;
  }
}
