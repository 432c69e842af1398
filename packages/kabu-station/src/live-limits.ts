import type { LiveConfirmation } from '@daytrade/contracts';
import type { DayNumber } from '@daytrade/market';
import type { BookOrder } from '@daytrade/paper';
import { type Breach, breachOf, type RiskLimits } from '@daytrade/trading';
import { type LiveLedger, nothing } from './live-ledger.ts';
import type { Quote } from './price-feed.ts';

/** The limits of a confirmation; the broker's own room for positions is one more. */
export function liveLimits({ limits }: LiveConfirmation, room: number): RiskLimits {
  return {
    position: limits.maxPosition,
    exposure: Math.min(limits.maxExposure, room),
    ordersPerMinute: limits.maxOrdersPerMinute,
    priceBand: limits.maxPriceBand,
    dailyLoss: limits.maxSessionLoss,
    staleAfter: 1_000 * limits.staleSeconds,
  };
}

/** What is known when an order is held against the limits. */
export interface Moment {
  readonly now: number;
  readonly session: DayNumber;
  readonly quoteOf: (symbol: string) => Quote | undefined;
}

const minute = 60_000;
/** How much later than it is written down an order may reach the broker; a minute there is counted by that. */
const longestWay = 10_000;

/**
 * The limit that an order would break. One that closes is held against the number of orders in a minute alone: what is
 * held has to be closed whatever it lost, and however old its price is.
 */
export function breachBy(
  order: BookOrder,
  ledger: LiveLedger,
  limits: RiskLimits,
  { now, session, quoteOf }: Moment,
): Breach | undefined {
  const sentAt = ledger.orders.map((own) => own.sentAt + longestWay).filter((at) => !Number.isNaN(at));
  if (order.isForced) {
    return sentAt.filter((at) => now - at < minute).length >= limits.ordersPerMinute ? 'ordersPerMinute' : undefined;
  }
  const quote = quoteOf(order.symbol);
  if (quote === undefined) return 'staleAfter';
  const held = ledger.held.get(order.symbol) ?? nothing;
  const working = ledger.working.filter(({ isForced }) => !isForced);
  const sameSide = working.filter(({ symbol, side }) => symbol === order.symbol && side === order.side);
  return breachOf(
    {
      side: order.side,
      shares: order.shares,
      price: order.price ?? undefined,
      last: quote.price,
      lastAt: quote.at,
      now,
      session,
      held: order.side === 'buy' ? held.long : -held.short,
      pending: {
        shares: sameSide.reduce((sum, { shares, filled }) => sum + shares - filled, 0),
        // Who sells may get far more than the limit: then it is worth what was last paid.
        price: Math.max(order.side === 'sell' ? quote.price : 0, ...sameSide.map(({ price }) => price ?? quote.price)),
      },
      exposure: exposureOf(ledger, quoteOf),
      lost: lossOf(ledger, quoteOf),
      sentAt,
    },
    limits,
  );
}

/** Yen in all symbols: what is held, and what orders that may still open something would add; at no price, endless. */
function exposureOf(ledger: LiveLedger, quoteOf: Moment['quoteOf']): number {
  let exposure = 0;
  for (const [symbol, { long, short }] of ledger.held) {
    if (long + short > 0) exposure += (long + short) * (quoteOf(symbol)?.price ?? Infinity);
  }
  for (const { symbol, shares, filled, price, isForced } of ledger.working) {
    if (!isForced) exposure += (shares - filled) * Math.max(price ?? 0, quoteOf(symbol)?.price ?? Infinity);
  }
  return exposure;
}

/** What the session has lost at the newest prices; negative for a gain. */
export function lossOf(ledger: LiveLedger, quoteOf: Moment['quoteOf']): number {
  let lost = 0;
  for (const [symbol, { long, short, cost }] of ledger.held) {
    const quote = quoteOf(symbol);
    const price = quote?.isOfToday === true ? quote.price : undefined;
    // What is held at an unknown price has neither lost nor gained.
    if (long === short || price !== undefined) lost += cost - (long - short) * (price ?? 0);
  }
  return lost;
}
