import { type DayNumber, japanDay, type Yen } from '@daytrade/market';
import { type Side, signOf } from './order.ts';

/** What an account may do at most. Infinity where nothing is limited. */
export interface RiskLimits {
  /** Yen in one symbol, long or short. */
  readonly position: Yen;
  /** Yen in all symbols, long and short ones added. */
  readonly exposure: Yen;
  /** Orders in any minute. */
  readonly ordersPerMinute: number;
  /** How far a price may be from the last one, a share of it. */
  readonly priceBand: number;
  /** Yen that may be lost in a day; then trading is halted. */
  readonly dailyLoss: Yen;
  /** Age of the newest price, milliseconds. */
  readonly staleAfter: number;
}

/** Nothing is limited. */
export const withoutLimits: RiskLimits = {
  position: Infinity,
  exposure: Infinity,
  ordersPerMinute: Infinity,
  priceBand: Infinity,
  dailyLoss: Infinity,
  staleAfter: Infinity,
};

/** Which limit an order would break. */
export type Breach = keyof RiskLimits | 'clock';

/** An order as limits see it, and what is known when it is sent. Prices in yen, instants in milliseconds UTC. */
export interface OrderInContext {
  readonly side: Side;
  readonly shares: number;
  /** Undefined for a market order. */
  readonly price: Yen | undefined;
  readonly last: Yen;
  readonly lastAt: number;
  readonly now: number;
  /** The session that the order is for. */
  readonly session: DayNumber;
  /** Shares held of the symbol; negative when short. */
  readonly held: number;
  /** What open orders on the same side may add to them, and the highest price among those; nothing when left out. */
  readonly pending?: { readonly shares: number; readonly price: Yen } | undefined;
  /** Yen in all symbols. */
  readonly exposure: Yen;
  /** Lost today, yen; negative for a gain. */
  readonly lost: Yen;
  /** Instants of the orders that were sent, the newest last. */
  readonly sentAt: readonly number[];
}

const minute = 60_000;

/**
 * The first limit that an order would break; undefined when it keeps all. An order that only closes is never too large.
 */
export function breachOf(order: OrderInContext, limits: RiskLimits): Breach | undefined {
  const { now, session, last, lastAt, price, side, shares, exposure, lost, sentAt, pending } = order;
  if (japanDay(now) !== session || now < lastAt) return 'clock';
  if (now - lastAt > limits.staleAfter) return 'staleAfter';
  if (price !== undefined && Math.abs(price / last - 1) > limits.priceBand) return 'priceBand';
  if (sentAt.filter((at) => now - at < minute).length >= limits.ordersPerMinute) return 'ordersPerMinute';
  const held = order.held + signOf(side) * (pending?.shares ?? 0);
  const next = held + signOf(side) * shares;
  if (Math.abs(next) <= Math.abs(held) && next * held >= 0) return undefined;
  if (lost >= limits.dailyLoss) return 'dailyLoss';
  const worth = Math.max(price ?? last, pending?.price ?? 0);
  if (Math.abs(next) * worth > limits.position) return 'position';
  return exposure + (Math.abs(next) - Math.abs(held)) * worth > limits.exposure ? 'exposure' : undefined;
}
