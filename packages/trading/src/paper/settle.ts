import type { PaperEvent } from '@daytrade/contracts';
import { instantOf, sessionTimes, type TradeDate } from '@daytrade/market';
import type { Account } from '../account/account.ts';
import type { BookedFill } from '../backtest/session-trading.ts';
import type { Order } from '../rules/order.ts';
import { accountOf, hasOtherBars } from './account-of-book.ts';
import { haltBook } from './book-changes.ts';
import { simulationSettings } from './book-settings.ts';
import type { Known } from './feed.ts';
import type { BookOrder, PaperBook } from './paper-book.ts';
import type { PaperGateway } from './paper-gateway.ts';
import { type SessionParts, type SessionView, sessionView } from './session-data.ts';

/** Which session is settled, and when. */
export interface Settling {
  readonly session: TradeDate;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Whether to take what there is: nothing more is waited for. */
  readonly isLast: boolean;
}

const by = 'paper-session';

/** The running session on the bars that were finished: nothing of it is written down as a fill. */
export async function soFar(
  gateway: PaperGateway,
  book: PaperBook,
  known: SessionParts,
  session: TradeDate,
  now: number,
): Promise<{ readonly equity: number; readonly filled: number; readonly before: number }> {
  const view = sessionView(known, session, now);
  const account = accountOf(book, codesOf(view));
  const before = equityBefore(book);
  const trader = { gateway, book, account };
  const cut = await trade(trader, known, session, cancelledIn(book, session));
  const open = await tradeOn(trader, view, acceptedIn(book, session), false);
  mark(account, view);
  const filled = new Set(
    [...cut, ...open].flatMap(({ order, fill }) => (fill.reason === 'entry' && order ? [order.key] : [])),
  );
  return { equity: account.equity, filled: filled.size, before };
}

/**
 * What settles a session: the fills of its orders on its bars, what became of each order, and the value of what is
 * held. An order that was cancelled keeps what it had bought by the bars that were finished then. Undefined while bars
 * are missing. Where its bars never come again, since others are in use, nothing is filled and values stay.
 */
export async function settle(
  gateway: PaperGateway,
  book: PaperBook,
  known: Known,
  { session, now, isLast }: Settling,
): Promise<readonly PaperEvent[] | undefined> {
  const at = new Date(now).toISOString();
  if (hasOtherBars(book, known)) return isLast ? closeUnfilled(book, session, at) : undefined;
  const end = instantOf(session, sessionTimes(session).close) + 86_400_000;
  const view = sessionView(known, session, end);
  const codes = codesOf(view);
  const own = book.ordersOf(session);
  const account = accountOf(book, codes);
  const needed = new Set([...own.map(({ symbol }) => symbol), ...[...account.held].map((place) => codes[place]!)]);
  if (!isLast && [...needed].some((code) => !view.hasBar(codes.indexOf(code)))) return undefined;
  // An order of a session without any bar of the day is one that did not trade.
  if (!isLast && !codes.some((_, place) => view.hasBar(place))) return undefined;
  const trader = { gateway, book, account };
  const fills = [
    ...(await trade(trader, known, session, cancelledIn(book, session))),
    ...(await tradeOn(trader, view, acceptedIn(book, session), true)),
  ];
  const counts = new Map<string, number>();
  const events = fills.map(({ order, symbol, fill, cost }): PaperEvent => {
    const name = order?.key ?? `${session}/broker/${symbol}/close`;
    const place = counts.get(name) ?? 0;
    counts.set(name, place + 1);
    const { side, shares, price, reason: why } = fill;
    const head = {
      key: `${name} filled ${place}`,
      session,
      order: order?.key ?? null,
      at,
      by,
      kind: 'filled',
    } as const;
    return { ...head, symbol, side, shares, price, why, cost };
  });
  for (const order of acceptedIn(book, session)) {
    const filled = fills.reduce(
      (sum, one) => sum + (one.order === order && one.fill.reason === 'entry' ? one.fill.shares : 0),
      0,
    );
    if (filled >= order.shares) continue;
    const reason = filled > 0 ? 'the rest found nobody by the close' : 'not filled by the close';
    events.push({ key: `${order.key} expired`, session, order: order.key, at, by, kind: 'expired', reason });
  }
  mark(account, view);
  const marks = Object.fromEntries(Array.from(account.held, (place) => [codes[place]!, account.markOf(place)]));
  const { equity } = account;
  events.push({ key: `${session} close`, session, order: null, at, by, kind: 'closed', equity, marks });
  const lost = equityBefore(book) - equity;
  if (lost < book.settings!.maxSessionLoss) return events;
  // Nothing is open any more, so there is nothing to cancel.
  const halted = haltBook(book, `a session lost ${Math.round(lost)} yen`, { by, at });
  return [...events, ...halted.filter(({ kind }) => kind === 'halted')];
}

/** Ends a session whose bars are not in use any more, so that the book can be stopped. */
function closeUnfilled(book: PaperBook, session: TradeDate, at: string): readonly PaperEvent[] {
  const reason = 'its bars are not in use any more';
  const expired = acceptedIn(book, session).map(
    ({ key }): PaperEvent => ({ key: `${key} expired`, session, order: key, at, by, kind: 'expired', reason }),
  );
  const nightCost = book.decisions.at(-1)?.nightCost ?? 0;
  const equity = equityBefore(book) - nightCost;
  return [...expired, { key: `${session} close`, session, order: null, at, by, kind: 'closed', equity, marks: {} }];
}

interface Trader {
  readonly gateway: PaperGateway;
  readonly book: PaperBook;
  readonly account: Account;
}

/** A fill with the order that it is of; none where the broker closed. */
interface OwnFill extends Pick<BookedFill, 'fill' | 'cost'> {
  readonly order: BookOrder | undefined;
  readonly symbol: string;
}

/** Trades orders that were cancelled within their session, each on the bars that were finished then. */
async function trade(
  trader: Trader,
  known: SessionParts,
  session: TradeDate,
  orders: readonly BookOrder[],
): Promise<readonly OwnFill[]> {
  const fills: OwnFill[] = [];
  for (const instant of new Set(orders.map(({ cancelledAt }) => cancelledAt))) {
    const together = orders.filter(({ cancelledAt }) => cancelledAt === instant);
    fills.push(...(await tradeOn(trader, sessionView(known, session, instant), together, false)));
  }
  return fills;
}

async function tradeOn(
  { gateway, book, account }: Trader,
  view: SessionView,
  orders: readonly BookOrder[],
  isOver: boolean,
): Promise<readonly OwnFill[]> {
  const codes = codesOf(view);
  const asked = orders.filter(({ symbol }) => codes.includes(symbol));
  const settings = simulationSettings(book.settings!);
  const { data, t } = view;
  const booked = await gateway.fills(
    asked.map((order) => orderOn(codes, order)),
    { data, t, account, settings, isOver },
  );
  return booked.map(({ order, symbol, fill, cost }) => ({
    order: order === undefined ? undefined : asked[order],
    symbol: codes[symbol]!,
    fill,
    cost,
  }));
}

function orderOn(codes: readonly string[], order: BookOrder): Order {
  const { side, shares, type, time, closes } = order;
  return {
    symbol: codes.indexOf(order.symbol),
    side,
    shares,
    type,
    time,
    price: order.price ?? undefined,
    stopLoss: order.stopLoss ?? undefined,
    takeProfit: order.takeProfit ?? undefined,
    closes,
  };
}

function acceptedIn(book: PaperBook, session: TradeDate): readonly BookOrder[] {
  return book.ordersOf(session).filter(({ state }) => state === 'accepted');
}

/** Orders that the gateway had when they were cancelled. */
function cancelledIn(book: PaperBook, session: TradeDate): readonly BookOrder[] {
  return book.ordersOf(session).filter(({ state, sentAt }) => state === 'cancelled' && !Number.isNaN(sentAt));
}

function codesOf({ data }: SessionView): readonly string[] {
  return data.panel.symbols.map(({ symbol }) => symbol);
}

/** Values what is held at the newest prices of the session. */
function mark(account: Account, { data, t }: SessionView): void {
  const { close, symbols } = data.panel;
  for (const place of account.held) {
    const price = close[t * symbols.length + place]!;
    if (price > 0) account.mark(place, price);
  }
}

function equityBefore(book: PaperBook): number {
  return book.closes.at(-1)?.equity ?? book.settings!.cash;
}
