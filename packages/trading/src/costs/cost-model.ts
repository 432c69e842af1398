import type { Yen } from '@daytrade/market';
import { type CommissionTable, commissionOf, commissionTables } from './commission.ts';

/** What trading costs. */
export interface CostModel {
  readonly commission: CommissionTable;
  /** Ticks between bid and ask; an order that takes a price pays half of them. */
  readonly spreadTicks: number;
  /** Share of a day's volatility by which an order of a whole day's volume would move the price. */
  readonly impact: number;
  /** Of what is bought on credit, a year. */
  readonly interest: number;
  /** Of what is sold short, a year. */
  readonly lendingFee: number;
}

/** Nothing costs anything. */
export const withoutCosts: CostModel = {
  commission: commissionTables.none,
  spreadTicks: 0,
  impact: 0,
  interest: 0,
  lendingFee: 0,
};

/** One tick of spread, the square-root law with the coefficient 1, and rates of the size that brokers take. */
export const usualCosts: CostModel = {
  commission: commissionTables['per-order'],
  spreadTicks: 1,
  impact: 1,
  interest: 0.028,
  lendingFee: 0.0115,
};

/** A trade whose cost is asked for. */
export interface CostedTrade {
  readonly price: Yen;
  readonly shares: number;
  readonly tick: Yen;
  /** What of its order traded before: commission and impact are of an order, however many trades it takes. */
  readonly before: { readonly shares: number; readonly value: Yen };
  /** Whether it was in an auction or waited at a limit. */
  readonly paidNoSpread: boolean;
  /** Deviation of the daily returns before, and the mean of the daily volumes, shares; NaN where unknown. */
  readonly volatility: number;
  readonly volume: number;
}

/** What a trade cost, in yen. */
export interface TradeCost {
  readonly commission: Yen;
  readonly spread: Yen;
  readonly impact: Yen;
}

/**
 * What a trade costs beside its price: the commission, half of the spread, and its own effect on the price by the
 * square-root law, volatility x sqrt(shares / daily volume) (Almgren et al. 2005; Bouchaud et al. 2018, chapter 12).
 */
export function tradeCost(trade: CostedTrade, model: CostModel): TradeCost {
  const { price, shares, tick, before, paidNoSpread, volatility, volume } = trade;
  const value = before.value + price * shares;
  const paid = before.value > 0 ? commissionOf(before.value, model.commission) : 0;
  const impactOf = (traded: number, yen: Yen) => model.impact * volatility * Math.sqrt(traded / volume) * yen;
  const impact = impactOf(before.shares + shares, value) - impactOf(before.shares, before.value);
  return {
    commission: commissionOf(value, model.commission) - paid,
    spread: paidNoSpread ? 0 : (model.spreadTicks * tick * shares) / 2,
    // Unknown where the volume or the volatility is.
    impact: Number.isNaN(impact) ? 0 : Math.max(impact, 0),
  };
}

const daysOfYear = 365;

/** What a position costs over some nights: interest on what was bought on credit, the lending fee on a short sale. */
export function holdingCost(position: { readonly value: Yen; readonly nights: number }, model: CostModel): Yen {
  const rate = position.value > 0 ? model.interest : model.lendingFee;
  return (Math.abs(position.value) * rate * position.nights) / daysOfYear;
}
