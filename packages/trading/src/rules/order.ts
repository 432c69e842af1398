import type { Yen } from '@daytrade/market';

export type Side = 'buy' | 'sell';

/** Returns the sign of a position's change: 1 for a purchase, -1 for a sale. */
export function signOf(side: Side): 1 | -1 {
  return side === 'buy' ? 1 : -1;
}

export function oppositeOf(side: Side): Side {
  return side === 'buy' ? 'sell' : 'buy';
}

/**
 * Price condition of an order: a market order takes any price, a limit order its limit or better. A stop order becomes
 * a market order once a trade reached its stop.
 */
export type OrderType = 'market' | 'limit' | 'stop';

/** Time in force: the opening auction alone, the closing auction alone, or the whole session. */
export type OrderTime = 'open' | 'close' | 'day';

/** An order of one session, as a strategy makes it. */
export interface Order {
  readonly symbol: number;
  readonly side: Side;
  /** Shares, in whole lots. */
  readonly shares: number;
  readonly type: OrderType;
  readonly time: OrderTime;
  /** Limit or stop in yen; a market order has none. */
  readonly price?: Yen | undefined;
  /** Stop price at which the order's position is closed. */
  readonly stopLoss?: Yen | undefined;
  /** Limit price at which the order's position is closed. */
  readonly takeProfit?: Yen | undefined;
  /** Closes the rest of the order's position in the closing auction. */
  readonly closes?: boolean | undefined;
}
