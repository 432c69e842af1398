import { type PriceTenths, roundToTick, type TickTable, type TradeDate } from '@daytrade/market';
import { type BookOrder, pairAll, reaching, sharesAt, type Trade } from './book-order.ts';
import { itayosePrice, type PriceRange, tradesAt } from './itayose.ts';
import { allotAtLimit } from './limit-allotment.ts';
import { renewalWidth } from './special-quote.ts';

/** What a closing auction goes by beside its orders. */
export interface ClosingRules {
  readonly date: TradeDate;
  /** The last price of the session, or its base price where there was none. */
  readonly last: PriceTenths;
  /** The daily limits. */
  readonly limits: PriceRange;
  readonly table: TickTable;
  readonly lot: number;
}

/** From this session on the close is an auction of its own, which trades at the end of its range where it must. */
const specialExecutionFrom = '2024-11-05';

/** How a closing auction ended. */
export interface Closing {
  readonly how: 'itayose' | 'special-execution' | 'limit-allotment' | 'none';
  readonly trades: readonly Trade[];
}

/**
 * The closing auction. Its price may lie within two renewal widths of the last one. At the daily limit with too few on
 * one side, what there is is allotted. Beyond the range there was no trade before 2024-11-05; since then what reaches
 * the end of the range trades there in the order in which it came, market orders like others (special execution).
 * Source: Tokyo Stock Exchange, arrowhead 4.0, with the worked example of Matsui Securities, support page 49986.
 */
export function closingAuction(orders: readonly BookOrder[], rules: ClosingRules): Closing {
  const range = closingRange(rules);
  const price = itayosePrice(orders, { last: rules.last, range: rules.limits, table: rules.table });
  if (price !== undefined && price >= range.lower && price <= range.upper) {
    return { how: 'itayose', trades: tradesAt(orders, price) };
  }
  const atLimit = price === undefined ? allotAtLimit(orders, { ...rules, range }) : [];
  if (atLimit.length > 0) return { how: 'limit-allotment', trades: atLimit };
  if (rules.date < specialExecutionFrom) return { how: 'none', trades: [] };
  const isUp = price === undefined ? isBought(orders, rules) : price > range.upper;
  const trades = specialExecution(orders, isUp ? range.upper : range.lower);
  return { how: trades.length > 0 ? 'special-execution' : 'none', trades };
}

/** Prices at which a close may be: two renewal widths around the last price, within the daily limits. */
export function closingRange({ last, limits, table }: Omit<ClosingRules, 'date' | 'lot'>): PriceRange {
  const width = 2 * renewalWidth(last);
  const within = (tenths: number, rounding: 'up' | 'down') =>
    Math.round(roundToTick(Math.max(1, tenths) / 10, table, rounding) * 10);
  return {
    lower: Math.max(limits.lower, within(last - width, 'up')) as PriceTenths,
    upper: Math.min(limits.upper, within(last + width, 'down')) as PriceTenths,
  };
}

/** Whether more want to buy than to sell at the last price. */
function isBought(orders: readonly BookOrder[], { last }: ClosingRules): boolean {
  return sharesAt(orders, 'buy', last) >= sharesAt(orders, 'sell', last);
}

function specialExecution(orders: readonly BookOrder[], price: PriceTenths): readonly Trade[] {
  const inTime = (side: BookOrder['side']) =>
    reaching(orders, side, price).toSorted((one, other) => one.sequence - other.sequence);
  return pairAll(inTime('buy'), inTime('sell'), price);
}
