import type { BacktestRecord } from '@daytrade/contracts';
import { dateOfDayNumber } from '@daytrade/market';
import type { Panel } from '@daytrade/series';
import type { Order } from '../rules/order.ts';
import type { BookedFill } from './simulation.ts';
import type { ClosedTrade } from './trade-list.ts';

/** Orders of a session; the first ones, `forced` of them, are the broker's. */
export interface SessionOrders {
  readonly session: number;
  readonly orders: readonly Order[];
  readonly forced: number;
}

/** Orders, fills and trades of a simulation, in the order of time. */
export interface Recorded {
  readonly orders: readonly SessionOrders[];
  readonly fills: readonly BookedFill[];
  readonly trades: readonly ClosedTrade[];
}

/** Returns a simulation's orders, fills and trades with codes and dates, and the profit of each symbol. */
export function recordOf(
  { symbols, days }: Pick<Panel, 'symbols' | 'days'>,
  { orders, fills, trades }: Recorded,
): Omit<BacktestRecord, 'synthetic' | 'returns'> {
  const codeOf = (symbol: number) => symbols[symbol]!.symbol;
  const dateOf = (t: number) => dateOfDayNumber(days[t]!);
  const filled = filledShares(fills);
  return {
    orders: orders.flatMap(({ session, orders: own, forced }) =>
      own.map(({ symbol, price = null, stopLoss = null, takeProfit = null, closes = false, ...order }, place) => ({
        session: dateOf(session),
        order: place,
        ...order,
        symbol: codeOf(symbol),
        price,
        stopLoss,
        takeProfit,
        closes,
        forced: place < forced,
        filled: filled.get(keyOf(session, place)) ?? 0,
      })),
    ),
    fills: fills.map(({ session, symbol, order = null, cost, fill: { side, shares, price, reason: why } }) => {
      return { session: dateOf(session), order, symbol: codeOf(symbol), side, shares, price, why, cost };
    }),
    trades: trades.map(({ symbol, side, opened, closed, ...trade }) => ({
      symbol: codeOf(symbol),
      side: side > 0 ? 'long' : 'short',
      opened: dateOf(opened),
      closed: dateOf(closed),
      ...trade,
      profit: profitOf({ side, ...trade }),
    })),
    bySymbol: resultsBySymbol(fills, trades).map(({ symbol, ...result }) => ({ symbol: codeOf(symbol), ...result })),
  };
}

function keyOf(session: number, order: number): string {
  return `${session} ${order}`;
}

/** Returns the shares that each order bought or sold. */
function filledShares(fills: readonly BookedFill[]): ReadonlyMap<string, number> {
  const filled = new Map<string, number>();
  for (const { session, order, fill } of fills) {
    if (order === undefined || fill.reason !== 'entry') continue;
    const key = keyOf(session, order);
    filled.set(key, (filled.get(key) ?? 0) + fill.shares);
  }
  return filled;
}

function profitOf({ side, shares, entry, exit }: Pick<ClosedTrade, 'side' | 'shares' | 'entry' | 'exit'>): number {
  return side * shares * (exit - entry);
}

function resultsBySymbol(fills: readonly BookedFill[], trades: readonly ClosedTrade[]) {
  const results = new Map<number, { symbol: number; trades: number; wins: number; profit: number; costs: number }>();
  const of = (symbol: number) => {
    const result = results.get(symbol) ?? { symbol, trades: 0, wins: 0, profit: 0, costs: 0 };
    results.set(symbol, result);
    return result;
  };
  for (const { symbol, cost } of fills) of(symbol).costs += cost;
  for (const trade of trades) {
    const [result, profit] = [of(trade.symbol), profitOf(trade)];
    result.trades += 1;
    result.wins += profit > 0 ? 1 : 0;
    result.profit += profit;
  }
  return [...results.values()].sort((one, other) => other.profit - one.profit || one.symbol - other.symbol);
}
