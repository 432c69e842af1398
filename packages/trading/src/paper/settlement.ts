import type { PaperEvent } from '@daytrade/contracts';
import { instantOf, sessionTimes, type TradeDate } from '@daytrade/market';
import type { Account } from '../account/account.ts';
import { tradeSession } from '../backtest/simulate.ts';
import { type BookedFill, simulationSettings } from '../backtest/simulation.ts';
import type { Order } from '../rules/order.ts';
import { accountOf, hasOtherBars, restateBySplits } from './account-of-book.ts';
import { haltBook } from './book-changes.ts';
import type { BookOrder, PaperBook } from './paper-book.ts';
import { type KnownSession, type SessionView, sessionView } from './session-data.ts';

/** Author of the events that the job writes. */
export const by = 'paper-session';

/** Values the running session on its finished bars. Books nothing. */
export function valueSession(
  before: PaperBook,
  known: KnownSession,
  session: TradeDate,
  now: number,
): { readonly equity: number; readonly filled: number } {
  const view = sessionView(known, session, now);
  const { book } = restateBySplits(before, known, session, { by, at: '' });
  const account = accountOf(book, codesOf(view));
  const fills = [
    ...fillCancelled({ book, account, known, session }),
    ...fillOn({ book, account }, view, acceptedIn(book, session), false),
  ];
  mark(account, view);
  const filled = new Set(fills.flatMap(({ order, fill }) => (fill.reason === 'entry' && order ? [order.key] : [])));
  return { equity: account.equity, filled: filled.size };
}

/** Session to settle, and the time. */
interface Settling {
  readonly session: TradeDate;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Settles on the bars there are instead of waiting for more. */
  readonly isLast: boolean;
}

/**
 * Returns the events that settle a session: splits that were not known before it opened, fills of its orders, orders
 * that expire, and the value of positions. An order cancelled within the session keeps its fills until then. Returns
 * undefined while bars are missing. When the book's bars are not in use any more, nothing is filled and values stay.
 */
export function settlementEvents(
  before: PaperBook,
  known: KnownSession,
  { session, now, isLast }: Settling,
): readonly PaperEvent[] | undefined {
  const at = new Date(now).toISOString();
  if (hasOtherBars(before, known)) return isLast ? closeUnfilled(before, session, at) : undefined;
  const { book, added: splits } = restateBySplits(before, known, session, { by, at });
  const end = instantOf(session, sessionTimes(session).close) + 86_400_000;
  const view = sessionView(known, session, end);
  const codes = codesOf(view);
  const own = book.ordersOf(session);
  const account = accountOf(book, codes);
  const needed = new Set([...own.map(({ symbol }) => symbol), ...[...account.held].map((place) => codes[place]!)]);
  if (!isLast && [...needed].some((code) => !view.hasBar(codes.indexOf(code)))) return undefined;
  // Some symbol must have its bar of the day: a symbol without one is then a symbol that did not trade.
  if (!isLast && !codes.some((_, place) => view.hasBar(place))) return undefined;
  const fills = [
    ...fillCancelled({ book, account, known, session }),
    ...fillOn({ book, account }, view, acceptedIn(book, session), true),
  ];
  const counts = new Map<string, number>();
  const filled = fills.map(({ order, symbol, fill, cost }): PaperEvent => {
    const name = order?.key ?? `${session}/broker/${symbol}/close`;
    const place = counts.get(name) ?? 0;
    counts.set(name, place + 1);
    const { side, shares, price, reason: why } = fill;
    const head = { key: `${name} filled ${place}`, session, order: order?.key ?? null, at, by } as const;
    return { ...head, kind: 'filled', symbol, side, shares, price, why, cost };
  });
  const events = [...splits, ...filled];
  for (const order of acceptedIn(book, session)) {
    const entries = fills.filter((one) => one.order === order && one.fill.reason === 'entry');
    const shares = entries.reduce((sum, { fill }) => sum + fill.shares, 0);
    if (shares >= order.shares) continue;
    const reason = shares > 0 ? 'the rest found nobody by the close' : 'not filled by the close';
    events.push({ key: `${order.key} expired`, session, order: order.key, at, by, kind: 'expired', reason });
  }
  mark(account, view);
  const marks = Object.fromEntries(Array.from(account.held, (place) => [codes[place]!, account.markOf(place)]));
  const { equity } = account;
  events.push({ key: `${session} close`, session, order: null, at, by, kind: 'closed', equity, marks });
  const lost = equityBefore(book) - equity;
  if (lost < book.settings!.maxSessionLoss) return events;
  // After the close no order is open, so the halt cancels none.
  const halted = haltBook(book, `a session lost ${Math.round(lost)} yen`, { by, at });
  return [...events, ...halted.filter(({ kind }) => kind === 'halted')];
}

/** Closes a session whose bars are not in use any more, so that the book can be stopped. */
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
  readonly book: PaperBook;
  readonly account: Account;
}

/** A fill with its order; no order when the broker closed. */
interface OrderFill extends Pick<BookedFill, 'fill' | 'cost'> {
  readonly order: BookOrder | undefined;
  readonly symbol: string;
}

/** Fills orders cancelled within their session, each on the bars that were finished at that time. */
function fillCancelled({
  known,
  session,
  ...trader
}: Trader & { readonly known: KnownSession; readonly session: TradeDate }): readonly OrderFill[] {
  const orders = trader.book
    .ordersOf(session)
    .filter(({ state, sentAt }) => state === 'cancelled' && !Number.isNaN(sentAt));
  return Array.from(new Set(orders.map(({ cancelledAt }) => cancelledAt))).flatMap((instant) => {
    const together = orders.filter(({ cancelledAt }) => cancelledAt === instant);
    return fillOn(trader, sessionView(known, session, instant), together, false);
  });
}

/** Fills orders on the bars of a view; the account books them. */
function fillOn(
  { book, account }: Trader,
  view: SessionView,
  orders: readonly BookOrder[],
  isOver: boolean,
): readonly OrderFill[] {
  const codes = codesOf(view);
  const known = orders.filter(({ symbol }) => codes.includes(symbol));
  const asOrders = known.map(
    ({ symbol, side, shares, type, time, price, stopLoss, takeProfit, closes }): Order => ({
      symbol: codes.indexOf(symbol),
      side,
      shares,
      type,
      time,
      price: price ?? undefined,
      stopLoss: stopLoss ?? undefined,
      takeProfit: takeProfit ?? undefined,
      closes,
    }),
  );
  const { data, t } = view;
  const settings = simulationSettings(book.settings!);
  return tradeSession({ data, t, account, settings }, asOrders, isOver).map(({ order, symbol, fill, cost }) => ({
    order: order === undefined ? undefined : known[order],
    symbol: codes[symbol]!,
    fill,
    cost,
  }));
}

function acceptedIn(book: PaperBook, session: TradeDate): readonly BookOrder[] {
  return book.ordersOf(session).filter(({ state }) => state === 'accepted');
}

function codesOf({ data }: SessionView): readonly string[] {
  return data.panel.symbols.map(({ symbol }) => symbol);
}

/** Values positions at the newest prices of the session. */
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
