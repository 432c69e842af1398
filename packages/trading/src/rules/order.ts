import type { Yen } from '@daytrade/market';

export type Side = 'buy' | 'sell';

/** What an order does to a position: 1 for a purchase, -1 for a sale. */
export function signOf(side: Side): 1 | -1 {
  return side === 'buy' ? 1 : -1;
}

export function oppositeOf(side: Side): Side {
  return side === 'buy' ? 'sell' : 'buy';
}

/**
 * What an order asks of its price: a market order takes any; a limit order its limit or a better one; a stop order
 * becomes a market order once a trade reached its stop.
 */
export type OrderType = 'market' | 'limit' | 'stop';

/** When an order may trade: in the opening auction alone, in the closing auction alone, or in the whole session. */
export type OrderTime = 'open' | 'close' | 'day';

/** An order of one session, as a strategy asks for it. */
export interface Order {
  /** Place of the symbol among those that are traded. */
  readonly symbol: number;
  readonly side: Side;
  /** Shares, whole lots of them. */
  readonly shares: number;
  readonly type: OrderType;
  readonly time: OrderTime;
  /** The limit or the stop, yen; a market order has none. */
  readonly price?: Yen | undefined;
  /** Closes what this order opened once a trade reached this price; a stop order. */
  readonly stopLoss?: Yen | undefined;
  /** Closes what this order opened at this price or better; a limit order. */
  readonly takeProfit?: Yen | undefined;
  /** Closes in the closing auction what this order opened and is still there. */
  readonly closes?: boolean | undefined;
}
