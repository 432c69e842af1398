import type { Yen } from '@daytrade/market';
import type { AccountKind } from '../account/account.ts';

/** Fee in yen of an order whose value is `upTo` yen or less. */
interface CommissionStep {
  readonly upTo: Yen;
  readonly fee: Yen;
}

/** Steps by rising value; the last one has no upper end. */
type CommissionTable = readonly CommissionStep[];

/** Commissions by plan: none, and a table of the usual size per order with tax. It is no broker's price list. */
const commissionTables: Readonly<Record<'none' | 'per-order', CommissionTable>> = {
  none: [{ upTo: Infinity, fee: 0 }],
  'per-order': [
    { upTo: 50_000, fee: 55 },
    { upTo: 100_000, fee: 99 },
    { upTo: 200_000, fee: 115 },
    { upTo: 500_000, fee: 275 },
    { upTo: 1_000_000, fee: 535 },
    { upTo: 1_500_000, fee: 640 },
    { upTo: 30_000_000, fee: 1_013 },
    { upTo: Infinity, fee: 1_070 },
  ],
};

function commissionOf(value: Yen, table: CommissionTable): Yen {
  return table.find(({ upTo }) => value <= upTo)!.fee;
}

/** Costs of trading. Rates are yearly. */
export interface CostModel {
  readonly commission: CommissionTable;
  /** Ticks between bid and ask; an order that takes a price pays half of them. */
  readonly spreadTicks: number;
  /** Share of a day's volatility by which an order of a whole day's volume would move the price. */
  readonly impact: number;
  /** Rate on long positions; a cash account pays none. */
  readonly interest: number;
  /** Rate on short positions. */
  readonly lendingFee: number;
  /** Value of an order in yen from which its first day costs neither interest nor lending fee. */
  readonly freeDayFrom: Yen;
  /** Yen for each position that a day-margin account carries over the close. */
  readonly penalty: Yen;
}

export const withoutCosts: CostModel = {
  commission: commissionTables.none,
  spreadTicks: 0,
  impact: 0,
  interest: 0,
  lendingFee: 0,
  freeDayFrom: Infinity,
  penalty: 0,
};

/** Costs that depend on the kind of account, or on the choice of a user. */
interface AccountCosts extends Pick<CostModel, 'interest' | 'lendingFee' | 'penalty'> {
  readonly commission: keyof typeof commissionTables;
}

type Chosen<Costs> = { readonly [Name in keyof Costs]?: Costs[Name] | undefined };
/** Costs that a user may choose; undefined takes those of the account. */
export type ChosenCosts = Chosen<AccountCosts & Pick<CostModel, 'spreadTicks' | 'impact'>>;

const costsOfAccounts: Readonly<Record<AccountKind, AccountCosts>> = {
  cash: { commission: 'per-order', interest: 0, lendingFee: 0, penalty: 0 },
  margin: { commission: 'per-order', interest: 0.028, lendingFee: 0.0115, penalty: 0 },
  // Matsui Securities, support page 624: no commission, 1.8 % a year for orders below 1 million yen, and 3,250 yen
  // before tax for a position that is carried over. Rakuten Securities asks 3,575 or 3,795 with tax.
  'day-margin': { commission: 'none', interest: 0.018, lendingFee: 0.018, penalty: 3_575 },
};

/** Returns the usual costs of an account: one tick of spread, the square-root law with the coefficient 1. */
export function usualCosts(account: AccountKind, chosen: ChosenCosts = {}): CostModel {
  const { commission, interest, lendingFee, penalty } = costsOfAccounts[account];
  return {
    commission: commissionTables[chosen.commission ?? commission],
    spreadTicks: chosen.spreadTicks ?? 1,
    impact: chosen.impact ?? 1,
    interest: chosen.interest ?? interest,
    lendingFee: chosen.lendingFee ?? lendingFee,
    freeDayFrom: account === 'day-margin' ? 1_000_000 : Infinity,
    penalty: chosen.penalty ?? penalty,
  };
}

interface CostedTrade {
  readonly price: Yen;
  readonly shares: number;
  readonly tick: Yen;
  /** Earlier trades of the same order: commission and impact are per order. */
  readonly before: { readonly shares: number; readonly value: Yen };
  /** True for a trade in an auction or at a limit. */
  readonly paidNoSpread: boolean;
  /** Deviation of the daily returns, and mean daily volume in shares; NaN where unknown. */
  readonly volatility: number;
  readonly volume: number;
}

interface TradeCost {
  readonly commission: Yen;
  readonly spread: Yen;
  readonly impact: Yen;
}

/**
 * Returns the cost of a trade beside its price: commission, half of the spread, and its impact on the price by the
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

/** Returns the cost of holding a position for some nights: interest on a long one, the lending fee on a short one. */
export function holdingCost(position: { readonly value: Yen; readonly nights: number }, model: CostModel): Yen {
  const rate = position.value > 0 ? model.interest : model.lendingFee;
  return (Math.abs(position.value) * rate * position.nights) / daysOfYear;
}

/**
 * Returns the interest or the lending fee of the day that opens a position: both ends of its time are counted.
 *
 * @param opened yen that the trade opened, negative for a short sale
 * @param before yen of earlier trades of the same order, whose whole value decides
 */
export function firstDayCost(opened: Yen, before: Yen, model: CostModel): Yen {
  const upTo = (value: Yen) => (Math.abs(value) < model.freeDayFrom ? holdingCost({ value, nights: 1 }, model) : 0);
  const sign = Math.sign(opened);
  return upTo(opened + sign * before) - upTo(sign * before);
}
