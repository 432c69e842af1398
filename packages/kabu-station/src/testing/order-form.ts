import type { SendOrder } from '../messages.ts';
import type { PricePath } from './price-path.ts';

const parameter = 4002004;

/**
 * The code with which the broker refuses an order of a wrong form, or one that closes more than is held; undefined for
 * one that it takes.
 *
 * @param closable shares that an order of a side may close
 */
export function orderFault(
  order: SendOrder,
  closable: (side: string) => number,
  paths: ReadonlyMap<string, PricePath>,
): number | undefined {
  const { Symbol: symbol, Exchange, Side, CashMargin, MarginTradeType, DelivType, AccountType, Qty } = order;
  const { FrontOrderType, Price, ClosePositionOrder, ReverseLimitOrder, ExpireDay, SecurityType } = order;
  if (!paths.has(symbol)) return 4002001;
  if (Exchange !== 27 || SecurityType !== 1 || ExpireDay !== 0 || MarginTradeType !== 3) return parameter;
  if (Side !== '1' && Side !== '2') return 4002008;
  if (![2, 4, 12].includes(AccountType)) return 4002007;
  if (!(Qty > 0) || Qty % 100 !== 0) return parameter;
  if (CashMargin === 2 ? DelivType !== 0 || ClosePositionOrder !== undefined : DelivType !== 2) return 4002010;
  if (CashMargin === 3 && (ClosePositionOrder !== 0 || Qty > closable(Side))) return parameter;
  const isLimit = FrontOrderType === 20 || FrontOrderType === 21 || FrontOrderType === 24;
  const isMarket = FrontOrderType === 10 || FrontOrderType === 13 || FrontOrderType === 16;
  if (!isLimit && !isMarket && FrontOrderType !== 30) return 4002002;
  if (isLimit !== Price > 0) return parameter;
  return (FrontOrderType === 30) === (ReverseLimitOrder !== undefined) ? undefined : parameter;
}
