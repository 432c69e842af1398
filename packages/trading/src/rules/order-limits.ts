import type { Yen } from '@daytrade/market';
import { type Side, signOf } from './order.ts';

/** Risk limits of an account; Infinity for no limit. */
export interface RiskLimits {
  /** Yen in one symbol, long or short. */
  readonly position: Yen;
  /** Yen in all symbols, long and short added. */
  readonly exposure: Yen;
  /** Yen lost in a session that halt trading. */
  readonly dailyLoss: Yen;
}

export const withoutLimits: RiskLimits = { position: Infinity, exposure: Infinity, dailyLoss: Infinity };

/** An order with the state of the account that its limits are checked against. Prices in yen. */
export interface OrderInContext {
  readonly side: Side;
  readonly shares: number;
  /** Undefined for a market order. */
  readonly price: Yen | undefined;
  readonly last: Yen;
  /** Shares held of the symbol; negative when short. */
  readonly held: number;
  /** Shares of open orders on the same side, and the highest price among them. */
  readonly pending?: { readonly shares: number; readonly price: Yen } | undefined;
  /** Yen in all symbols. */
  readonly exposure: Yen;
}

/** Returns the first limit that an order breaks. An order that only closes a position breaks none. */
export function brokenLimit(order: OrderInContext, limits: RiskLimits): 'position' | 'exposure' | undefined {
  const { last, price, side, shares, exposure, pending } = order;
  const held = order.held + signOf(side) * (pending?.shares ?? 0);
  const next = held + signOf(side) * shares;
  if (Math.abs(next) <= Math.abs(held) && next * held >= 0) return undefined;
  const worth = Math.max(price ?? last, pending?.price ?? 0);
  if (Math.abs(next) * worth > limits.position) return 'position';
  return exposure + (Math.abs(next) - Math.abs(held)) * worth > limits.exposure ? 'exposure' : undefined;
}

/** Share of the base price at which a trade triggers the restriction of short sales. */
const trigger = 0.9;
/** Lots up to which a short sale is exempt. */
const exemptLots = 50;

/** A short sale, and the session before it. Prices in yen. */
interface ShortSale {
  readonly shares: number;
  readonly lot: number;
  /** Undefined for a market order. */
  readonly limit: Yen | undefined;
  readonly last: Yen;
  /** Lowest price of the session before, and the base price of that session. */
  readonly low: Yen;
  readonly base: Yen;
}

/**
 * Returns whether the price restriction allows a short sale. After a trade 10 % or more below the base price, until the
 * end of the next session, a sale of more than 50 lots must ask for more than the last price (Order for Enforcement of
 * the Financial Instruments and Exchange Act, article 26-4).
 */
export function allowsShortSale({ shares, lot, limit, last, low, base }: ShortSale): boolean {
  const isRestricted = low <= trigger * base;
  return !isRestricted || shares <= exemptLots * lot || (limit !== undefined && limit > last);
}
