import { type BookOrder, pair, reaching, sharesAt, type Trade } from './book-order.ts';
import type { PriceRange } from './itayose.ts';

/**
 * What trades at a daily limit in the closing auction when all want the same: buyers at the upper limit with too few
 * sellers, or sellers at the lower one with too few buyers. One lot is allotted to each broker in turn, the one with
 * the most shares first, until nothing is left (Tokyo Stock Exchange, "closing auction at the limit price"). None where
 * the range of the auction ends before the limit.
 */
export function allotAtLimit(
  orders: readonly BookOrder[],
  { limits, range, lot }: { readonly limits: PriceRange; readonly range: PriceRange; readonly lot: number },
): readonly Trade[] {
  const [bought, sold] = [sharesAt(orders, 'buy', limits.upper), sharesAt(orders, 'sell', limits.upper)];
  if (range.upper === limits.upper && bought > sold && sold > 0) return allot(orders, 'buy', limits.upper, sold, lot);
  const [wanted, offered] = [sharesAt(orders, 'buy', limits.lower), sharesAt(orders, 'sell', limits.lower)];
  if (range.lower === limits.lower && offered > wanted && wanted > 0)
    return allot(orders, 'sell', limits.lower, wanted, lot);
  return [];
}

function allot(
  orders: readonly BookOrder[],
  crowded: BookOrder['side'],
  price: PriceRange['upper'],
  shares: number,
  lot: number,
): readonly Trade[] {
  const few = reaching(orders, crowded === 'buy' ? 'sell' : 'buy', price);
  const parts = inTurn(brokersOf(reaching(orders, crowded, price)), shares, lot);
  return crowded === 'buy' ? pair(parts, few, price, shares) : pair(few, parts, price, shares);
}

/** The orders of each broker, the broker with the most shares first, of equal ones the earlier. */
function brokersOf(orders: readonly BookOrder[]): readonly (readonly BookOrder[])[] {
  const size = (own: readonly BookOrder[]) => own.reduce((sum, { shares }) => sum + shares, 0);
  const brokers = [...Map.groupBy(orders, ({ id, broker }) => broker ?? `order ${id}`).values()];
  return brokers.toSorted((one, other) => size(other) - size(one) || one[0]!.sequence - other[0]!.sequence);
}

/** One lot of each broker after another. */
function inTurn(brokers: readonly (readonly BookOrder[])[], shares: number, lot: number): readonly BookOrder[] {
  const waiting = brokers.map((own) => own.map((order) => ({ ...order })));
  const parts: BookOrder[] = [];
  let left = shares;
  while (left > 0 && waiting.some((own) => own.length > 0)) {
    for (const own of waiting) {
      const first = own[0];
      if (first === undefined || left === 0) continue;
      const part = Math.min(lot, first.shares, left);
      parts.push({ ...first, shares: part });
      own[0] = { ...first, shares: first.shares - part };
      if (own[0].shares === 0) own.shift();
      left -= part;
    }
  }
  return parts;
}
