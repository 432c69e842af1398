import type { BookOrder } from '@daytrade/paper';
import type { KabuOrder } from './messages.ts';

/** How far the clocks of two machines may differ, milliseconds. */
const clockSkew = 5_000;

/**
 * Finds an order whose number never came among those of the broker, which keeps no mark of ours: of the same symbol,
 * side, kind, shares and price, received after it was sent, and with a number that no other order of the book has. It
 * is certain since no other order of the symbol is sent while one is without its number.
 */
export function matchOrder(
  order: BookOrder,
  orders: readonly KabuOrder[],
  claimed: ReadonlySet<string>,
): KabuOrder | undefined {
  const found = orders.filter(
    ({ ID, Symbol: symbol, Side, CashMargin, MarginTradeType, OrderQty, Price, RecvTime }) =>
      !claimed.has(ID) &&
      symbol === order.symbol &&
      Side === (order.side === 'buy' ? '2' : '1') &&
      CashMargin === (order.isForced ? 3 : 2) &&
      MarginTradeType === 3 &&
      OrderQty === order.shares &&
      (order.type !== 'limit' || Price === order.price) &&
      Date.parse(RecvTime) >= order.sentAt - clockSkew,
  );
  return found.toSorted((one, other) => Date.parse(one.RecvTime) - Date.parse(other.RecvTime))[0];
}
