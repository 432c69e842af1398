import type { PaperEvent } from '@daytrade/contracts';
import { japanDate, type TradeDate } from '@daytrade/market';
import { answerEvents, type BookOrder } from '@daytrade/paper';
import { by, type LiveLedger } from './live-ledger.ts';
import { matchOrder } from './match-order.ts';
import type { KabuDetail, KabuOrder } from './messages.ts';

/** Longest time for which the broker was seen not to show what it had, and some more: milliseconds. */
export const longestLag = 35_000;

/** What orders are held against. */
export interface Look {
  readonly now: number;
  /** Since when nobody knows whether the broker has an order, and what it said; undefined where it is known. */
  readonly doubtOf: (key: string) => { readonly since: number; readonly refusal: string | undefined };
}

/** What the broker shows of our orders, written down: numbers that never came, fills, and ends. */
export function lookAtOrders(ledger: LiveLedger, orders: readonly KabuOrder[], look: Look): readonly PaperEvent[] {
  const claimed = ledger.claimed;
  const byId = new Map(orders.map((order) => [order.ID, order]));
  return ledger.orders.flatMap((order) => {
    if (order.state === 'sent') return resolved(order, orders, claimed, look);
    const shown = order.brokerId === undefined ? undefined : byId.get(order.brokerId);
    return shown === undefined ? [] : changesOf(order, shown, look.now);
  });
}

/** Orders of the broker for this session that nobody of us sent, and that trade or may trade. */
export function foreignOrders(ledger: LiveLedger, orders: readonly KabuOrder[], session: TradeDate): readonly string[] {
  const { claimed } = ledger;
  for (const order of ledger.orders.filter(({ state }) => state === 'sent')) {
    const own = matchOrder(order, orders, claimed);
    if (own !== undefined) claimed.add(own.ID);
  }
  return orders
    .filter(
      ({ ID, State, CumQty, MarginTradeType, RecvTime }) =>
        !claimed.has(ID) &&
        MarginTradeType === 3 &&
        (State !== 5 || CumQty > 0) &&
        // In the evening those of the session before are still shown.
        japanDate(Date.parse(RecvTime)) === session,
    )
    .map(({ ID }) => ID);
}

function resolved(
  order: BookOrder,
  orders: readonly KabuOrder[],
  claimed: Set<string>,
  { now, doubtOf }: Look,
): readonly PaperEvent[] {
  const author = { by, at: new Date(now).toISOString() };
  const own = matchOrder(order, orders, claimed);
  if (own !== undefined) {
    claimed.add(own.ID);
    return answerEvents(order, { accepted: true, brokerId: own.ID }, author);
  }
  const { since, refusal } = doubtOf(order.key);
  // Without any answer it stays open to the end: what is not shown may be there.
  if (refusal === undefined || now - since < longestLag) return [];
  return answerEvents(order, { accepted: false, reason: refusal }, author);
}

const traded = 8;
const ended = 5;

function changesOf(order: BookOrder, shown: KabuOrder, now: number): readonly PaperEvent[] {
  const hasEnded = order.state === 'accepted' && shown.State === ended && shown.CumQty < order.shares;
  if (shown.CumQty <= order.filled && !hasEnded) return [];
  const head = { session: order.session, order: order.key, at: new Date(now).toISOString(), by } as const;
  const events: PaperEvent[] = [];
  if (shown.CumQty > order.filled) {
    const trades = shown.Details.filter(({ RecType }) => RecType === traded);
    const value = trades.reduce((sum, { Qty, Price }) => sum + Qty * Price, 0);
    const quantity = trades.reduce((sum, { Qty }) => sum + Qty, 0);
    // Until the trades of all its shares are shown their price is not known.
    if (quantity < shown.CumQty) return [];
    const shares = shown.CumQty - order.filled;
    events.push({
      ...head,
      key: `${order.key} filled ${shown.CumQty}`,
      kind: 'filled',
      symbol: order.symbol,
      side: order.side,
      shares,
      price: (value - order.filled * (order.filledAt ?? 0)) / shares,
      why: 'entry',
      cost: commissionBeyond(trades, order.filled),
    });
  }
  if (hasEnded) {
    events.push({ ...head, key: `${order.key} cancelled`, kind: 'cancelled', reason: reasonOf(shown) });
  }
  return events;
}

/** What the trades after some shares cost. */
function commissionBeyond(trades: readonly KabuDetail[], shares: number): number {
  let [before, cost] = [0, 0];
  for (const { Qty, Commission } of trades) {
    if (before >= shares) cost += Commission;
    before += Qty;
  }
  return cost;
}

const reasons: Readonly<Record<number, string>> = { 3: 'expired', 6: 'cancelled', 7: 'lapsed at the broker' };

function reasonOf({ Details }: KabuOrder): string {
  return Details.flatMap(({ RecType }) => reasons[RecType] ?? []).at(-1) ?? 'ended at the broker';
}
