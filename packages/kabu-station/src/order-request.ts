import type { BookOrder } from '@daytrade/paper';
import type { SendOrder } from './messages.ts';

/** Tokyo, with the better price of another market where there is one: new orders cannot be sent to Tokyo alone. */
const exchange = 27;

/** How the broker calls an order by when it may trade: market and limit orders. */
const frontOrderTypes = {
  market: { open: 13, close: 16, day: 10 },
  limit: { open: 21, close: 24, day: 20 },
} as const;
const stopOrder = 30;

/** What a broker has to know of an account: 2 general, 4 with the tax withheld, 12 of a company. */
export type AccountType = 2 | 4 | 12;

/** An order of a book in the broker's words: it opens a margin position of one day, or closes what is there. */
export function orderRequest(order: BookOrder, accountType: AccountType): SendOrder {
  const { symbol, side, shares, type, time, price, isForced } = order;
  const limit = price ?? 0;
  return {
    Symbol: symbol,
    Exchange: exchange,
    SecurityType: 1,
    Side: side === 'buy' ? '2' : '1',
    CashMargin: isForced ? 3 : 2,
    MarginTradeType: 3,
    DelivType: isForced ? 2 : 0,
    AccountType: accountType,
    Qty: shares,
    ...(isForced ? { ClosePositionOrder: 0 } : {}),
    FrontOrderType: type === 'stop' ? stopOrder : frontOrderTypes[type][time],
    Price: type === 'limit' ? limit : 0,
    ExpireDay: 0,
    ...(type === 'stop'
      ? {
          ReverseLimitOrder: {
            TriggerSec: 1,
            TriggerPrice: limit,
            UnderOver: side === 'buy' ? 2 : 1,
            AfterHitOrderType: 1,
            AfterHitPrice: 0,
          },
        }
      : {}),
  };
}
