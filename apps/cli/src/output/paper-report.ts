import type { PaperBookState, PaperFill, PaperOrder, PaperPosition } from '@daytrade/contracts';
import { programName } from '../program-name.ts';
import { count, japanClock, percent, quantity, yen } from './format.ts';
import { renderTable } from './table.ts';

/** A paper book in words: what trades, what it is worth, what is open, what was decided. */
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
  const rows = sessions.map(({ session, orders, why, refused }) => {
    const kept = Object.entries(refused).map(([reason, number]) => `${reason} ${number}`);
    return [session, count(orders), [...(why === null ? [] : [why]), ...kept].join(', ') || '–'];
  });
  return ['', renderTable([{ title: 'session' }, { title: 'orders', align: 'right' }, { title: 'not sent' }], rows)];
}

/** Orders with what came of them. */
export function orderTable(orders: readonly PaperOrder[]): string {
  if (orders.length === 0) return 'There are no orders.';
  return renderTable(
    [
      { title: 'session' },
      { title: 'symbol' },
      { title: 'order' },
      { title: 'shares', align: 'right' },
      { title: 'filled', align: 'right' },
      { title: 'at', align: 'right' },
      { title: 'state' },
      { title: 'why' },
    ],
    orders.map(({ session, symbol, side, shares, type, time, price, filled, filledAt, state, reason }) => [
      session,
      symbol,
      `${side} ${type}${price === null ? '' : ` ${yen(price)}`}, ${time}`,
      count(shares),
      count(filled),
      filledAt === null ? '–' : yen(filledAt),
      state,
      reason ?? '–',
    ]),
  );
}

/** Fills with their price, cost and reason. */
export function fillTable(fills: readonly PaperFill[]): string {
  if (fills.length === 0) return 'There are no fills.';
  return renderTable(
    [
      { title: 'session' },
      { title: 'symbol' },
      { title: 'side' },
      { title: 'shares', align: 'right' },
      { title: 'at', align: 'right' },
      { title: 'cost', align: 'right' },
      { title: 'why' },
    ],
    fills.map(({ session, symbol, side, shares, price, cost, why }) => [
      session,
      symbol,
      side,
      count(shares),
      yen(price),
      yen(Math.round(cost)),
      why,
    ]),
  );
}

/** Positions with their profit before costs. */
export function positionTable(positions: readonly PaperPosition[]): string {
  if (positions.length === 0) return 'The paper book holds nothing.';
  return renderTable(
    [
      { title: 'symbol' },
      { title: 'shares', align: 'right' },
      { title: 'bought at', align: 'right' },
      { title: 'newest', align: 'right' },
      { title: 'profit', align: 'right' },
    ],
    positions.map(({ symbol, shares, price, mark, profit }) => [
      symbol,
      count(shares),
      yen(price),
      yen(mark),
      yen(Math.round(profit)),
    ]),
  );
}
