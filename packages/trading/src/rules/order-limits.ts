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
  readonly lot: number;
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

/** Shares of an order that its limits leave, and the limit that takes the rest. */
interface Limited {
  readonly shares: number;
  readonly limit: 'position' | 'exposure';
}

/** Cuts an order to whole lots within the limits. Shares that close a position are never cut. */
export function withinLimits(order: OrderInContext, limits: RiskLimits): Limited {
  const { last, price, side, shares, exposure, pending, lot } = order;
  const held = signOf(side) * order.held + (pending?.shares ?? 0);
  const closed = Math.min(shares, Math.max(0, -held));
  const worth = Math.max(price ?? last, pending?.price ?? 0);
  const byPosition = limits.position / worth - Math.max(0, held);
  const byExposure = (limits.exposure - exposure) / worth + Math.max(0, -held);
  const room = lot * Math.max(0, Math.floor(Math.min(byPosition, byExposure) / lot + 1e-9));
  return {
    shares: closed + Math.min(shares - closed, room),
    limit: byPosition <= byExposure ? 'position' : 'exposure',
  };
}

/** Share of the base price at which a trade triggers the restriction of short sales. */
const trigger = 0.9;
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
 * Returns whether the rules allow a short sale. Brokers take no market order for more than 50 lots. After a trade 10 %
 * or more below the base price, until the end of the next session, such a sale must ask for more than the last price
 * (Order for Enforcement of the Financial Instruments and Exchange Act, article 26-4).
 */
export function allowsShortSale({ shares, lot, limit, last, low, base }: ShortSale): boolean {
  if (shares <= exemptLots * lot) return true;
  return limit !== undefined && (low > trigger * base || limit > last);
}
