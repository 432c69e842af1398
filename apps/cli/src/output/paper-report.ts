import type { PaperBookState, PaperFill, PaperOrder, PaperPosition } from '@daytrade/contracts';
import { programName } from '../program-name.ts';
import { count, japanClock, percent, quantity, yen } from './format.ts';
import { right, table } from './table.ts';

/** Reports a paper book: strategy, equity, open orders and the newest decisions. */
export function bookReport(book: PaperBookState): string {
  const { settings, halted, soFar, unsettled } = book;
  if (settings === null) return `There is no paper book. ${programName} paper start --strategy gap-fade begins one.`;
  const state = book.running ? 'running' : `stopped ${japanClock(book.stoppedAt)}`;
  const parameters = Object.entries(settings.parameters).map(([name, value]) => `${name} ${value}`);
  const limits = [settings.maxPosition, settings.maxExposure, settings.maxSessionLoss].map((value) => count(value));
  const lines = [
    `Paper book of ${settings.strategy}, ${state}. Paper only: no broker is connected.`,
    ...(settings.synthetic ? ['Its bars are those of the synthetic exchange.'] : []),
    `  since        ${japanClock(book.startedAt)}, by ${book.startedBy}`,
    `  account      ${settings.account}, ${count(settings.cash)} yen to begin with; ${parameters.join(', ')}`,
    `  limits       ${limits[0]} yen a symbol, ${limits[1]} in all, ${limits[2]} lost in a session`,
    `  equity       ${yen(Math.round(book.equity ?? 0))} yen, after ${quantity(book.curve.length, 'settled session')}`,
    `  costs        ${yen(Math.round(book.costs))} yen; largest drawdown ${percent(book.maxDrawdown)}`,
    `  open         ${quantity(book.openOrders, 'order')}, ${quantity(book.positions.length, 'position')}`,
  ];
  if (soFar !== null) lines.push(`  so far       ${yen(Math.round(soFar.equity))} yen at ${soFar.step}, not settled`);
  if (unsettled !== null) lines.push(`  not settled  ${unsettled}`);
  if (halted !== null) lines.push(`  HALTED       ${japanClock(halted.at)} by ${halted.by}: ${halted.reason}`);
  return [...lines, ...decisionLines(book)].join('\n');
}

function decisionLines({ sessions }: PaperBookState): readonly string[] {
  if (sessions.length === 0) return ['Nothing was decided yet: it decides 15 minutes before each open.'];
  const rows = table(sessions, {
    session: ({ session }) => session,
    orders: right(({ orders }) => orders),
    'not sent': ({ why, refused }) => {
      const reasons = Object.entries(refused).map(([reason, number]) => `${reason} ${number}`);
      return [...(why === null ? [] : [why]), ...reasons].join(', ') || '–';
    },
  });
  return ['', rows];
}

/** Lists orders with their outcome. */
export function orderTable(orders: readonly PaperOrder[]): string {
  if (orders.length === 0) return 'There are no orders.';
  return table(orders, {
    session: ({ session }) => session,
    symbol: ({ symbol }) => symbol,
    order: ({ side, type, price, time }) => `${side} ${type}${price === null ? '' : ` ${yen(price)}`}, ${time}`,
    shares: right(({ shares }) => shares),
    filled: right(({ filled }) => filled),
    at: right(({ filledAt }) => (filledAt === null ? '–' : yen(filledAt))),
    state: ({ state }) => state,
    why: ({ reason }) => reason,
  });
}

/** Lists fills with price, cost and reason. */
export function fillTable(fills: readonly PaperFill[]): string {
  if (fills.length === 0) return 'There are no fills.';
  return table(fills, {
    session: ({ session }) => session,
    symbol: ({ symbol }) => symbol,
    side: ({ side }) => side,
    shares: right(({ shares }) => shares),
    at: right(({ price }) => yen(price)),
    cost: right(({ cost }) => yen(Math.round(cost))),
    why: ({ why }) => why,
  });
}

/** Lists positions with their profit before costs. */
export function positionTable(positions: readonly PaperPosition[]): string {
  if (positions.length === 0) return 'The paper book holds nothing.';
  return table(positions, {
    symbol: ({ symbol }) => symbol,
    shares: right(({ shares }) => shares),
    'bought at': right(({ price }) => yen(price)),
    newest: right(({ mark }) => yen(mark)),
    profit: right(({ profit }) => yen(Math.round(profit))),
  });
}
