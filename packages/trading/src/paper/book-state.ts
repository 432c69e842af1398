import type { PaperBookState, PaperFill, PaperOrder, PaperPosition } from '@daytrade/contracts';
import { maxDrawdown } from '../backtest/sharpe.ts';
import { signOf } from '../rules/order.ts';
import type { PaperBook } from './paper-book.ts';

const shownSessions = 20;

/** Returns the public state of a book; `name` is undefined before the first start. */
export function bookState(name: string | undefined, book: PaperBook): Omit<PaperBookState, 'books'> {
  const { started, stopped, halted, valued, closes } = book;
  const positions = positionsOf(book);
  const paid = costsOf(book);
  const cash = started === undefined ? null : started.cash - spentOf(book) - paid;
  const curve = closes.map(({ session, equity }) => ({ session: session!, equity }));
  return {
    book: name ?? null,
    running: book.isRunning,
    startedAt: started?.at ?? null,
    startedBy: started?.by ?? null,
    stoppedAt: stopped?.at ?? null,
    settings: settingsOf(book),
    halted: halted === undefined ? null : { at: halted.at, by: halted.by, reason: halted.reason },
    cash,
    equity: closes.at(-1)?.equity ?? started?.cash ?? null,
    soFar:
      valued === undefined
        ? null
        : { session: valued.session!, step: valued.step, equity: valued.equity, at: valued.at },
    costs: paid,
    maxDrawdown: maxDrawdown(
      curve.map(({ equity }) => equity),
      started?.cash ?? 0,
    ),
    openOrders: book.openOrders.length,
    positions,
    unsettled: book.unsettled ?? null,
    curve,
    sessions: book.decisions
      .slice(-shownSessions)
      .toReversed()
      .map(({ session, orders, why, refused }) => ({ session: session!, orders, why, refused })),
  };
}

export function ordersOf(book: PaperBook, session: string | undefined, limit: number): readonly PaperOrder[] {
  const all = [...book.orders.values()].filter((order) => session === undefined || order.session === session);
  return newestFirst(all)
    .slice(0, limit)
    .map(({ sentAt: _sent, cancelledAt: _cancelled, isForced: _forced, ...order }) => order);
}

/** Filter of fills; undefined matches all. */
interface FillFilter {
  readonly symbol: string | undefined;
  readonly session: string | undefined;
  readonly limit: number;
}

/** Returns the fills of a book, newest session first, within a session in the order of the log. */
export function fillsOf(book: PaperBook, { symbol, session, limit }: FillFilter): readonly PaperFill[] {
  const fills = book.events.flatMap((event): readonly PaperFill[] => {
    if (event.kind !== 'filled' || event.session === null) return [];
    if ((symbol ?? event.symbol) !== event.symbol || (session ?? event.session) !== event.session) return [];
    const { side, shares, price, cost, why, order } = event;
    return [{ session: event.session, symbol: event.symbol, side, shares, price, cost, why, order }];
  });
  return newestFirst(fills).slice(0, limit);
}

/** Sorts by session, newest first; stable within a session. */
function newestFirst<Row extends { readonly session: string }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((one, other) => (one.session < other.session ? 1 : one.session > other.session ? -1 : 0));
}

/** Returns the open positions at their mean prices. */
export function positionsOf(book: PaperBook): PaperPosition[] {
  const held = new Map<string, { shares: number; price: number }>();
  const marks = new Map<string, number>();
  for (const event of book.events) {
    if (event.kind === 'closed') for (const [symbol, price] of Object.entries(event.marks)) marks.set(symbol, price);
    if (event.kind === 'split') {
      const { symbol, ratio } = event;
      const { shares, price } = held.get(symbol)!;
      held.set(symbol, { shares: Math.round(shares * ratio), price: price / ratio });
      marks.set(symbol, marks.get(symbol)! / ratio);
    }
    if (event.kind !== 'filled') continue;
    const { shares, price } = held.get(event.symbol) ?? { shares: 0, price: 0 };
    const traded = signOf(event.side) * event.shares;
    const after = shares + traded;
    const grows = shares === 0 || Math.sign(shares) === Math.sign(traded);
    const turned = Math.sign(after) !== Math.sign(shares);
    const mean = grows ? (shares * price + traded * event.price) / after : turned ? event.price : price;
    marks.set(event.symbol, event.price);
    if (after === 0) held.delete(event.symbol);
    else held.set(event.symbol, { shares: after, price: mean });
  }
  return Array.from(held, ([symbol, { shares, price }]) => {
    const mark = marks.get(symbol) ?? price;
    return { symbol, shares, price, mark, profit: shares * (mark - price) };
  });
}

function settingsOf({ started }: PaperBook): PaperBookState['settings'] {
  if (started === undefined) return null;
  const { key: _key, session: _session, order: _order, at: _at, by: _by, kind: _kind, ...settings } = started;
  return settings;
}

function spentOf({ events }: PaperBook): number {
  return events.reduce(
    (sum, event) => sum + (event.kind === 'filled' ? signOf(event.side) * event.shares * event.price : 0),
    0,
  );
}

function costsOf({ events }: PaperBook): number {
  return events.reduce((sum, event) => {
    if (event.kind === 'filled') return sum + event.cost;
    return sum + (event.kind === 'decided' ? event.nightCost : 0);
  }, 0);
}
