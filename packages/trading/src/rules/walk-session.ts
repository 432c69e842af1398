import type { Yen } from '@daytrade/market';
import { type Bar, type FillRules, fillPrice } from './bar-fill.ts';
import { type Order, oppositeOf, type Side } from './order.ts';

/** Reason of a fill: the order itself, or one of its exits. */
type FillReason = 'entry' | 'stop-loss' | 'take-profit' | 'closing';

/** Shares that an order bought or sold at a price. */
export interface Fill {
  readonly side: Side;
  readonly price: Yen;
  readonly shares: number;
  readonly reason: FillReason;
  /** True for a fill in an auction or at a limit. */
  readonly paidNoSpread: boolean;
}

interface SessionFills {
  readonly fills: readonly Fill[];
  /** Shares of the order's position that are still open. */
  readonly held: number;
  /** True when the bars do not tell which price came first, so that the worse was taken. */
  readonly ambiguous: boolean;
}

/** Shares that one order may have. */
export interface Liquidity {
  /** In an auction, by the volume of the session. */
  readonly ofSession: number;
  /** Within one bar. */
  ofBar(bar: Bar): number;
}

const nothing: SessionFills = { fills: [], held: 0, ambiguous: false };

/**
 * Fills an order and its exits on the bars of a session: one daily bar, or bars of 5 minutes, which leave fewer doubts.
 * The rest of a limit order waits at its limit; the rest of a stop order trades as a market order. When one bar reaches
 * both stop loss and take profit, the loss counts.
 *
 * @param isOver whether the last bar ends the session; before that there is no closing auction
 * @param bestFirst decides doubts for the order instead
 */
export function walkSession(
  order: Order,
  bars: readonly Bar[],
  rules: FillRules,
  liquidity: Liquidity,
  isOver = true,
  bestFirst = false,
): SessionFills {
  const walk = new SessionWalk(order, rules, liquidity, bestFirst);
  for (const [i, bar] of bars.entries()) walk.take(bar, { first: i === 0, last: isOver && i === bars.length - 1 });
  return walk.end(isOver ? bars.at(-1) : undefined);
}

/** Position of a bar in its session. */
interface Places {
  readonly first: boolean;
  readonly last: boolean;
}

/** First fill of an order within a bar. */
interface Entry {
  readonly how: 'auction' | 'limit' | 'stop';
  readonly price: Yen;
}

class SessionWalk {
  readonly #order: Order;
  readonly #rules: FillRules;
  readonly #liquidity: Liquidity;
  readonly #bestFirst: boolean;
  readonly #fills: Fill[] = [];
  #left: number;
  #held = 0;
  #ambiguous = false;
  #triggered = false;

  constructor(order: Order, rules: FillRules, liquidity: Liquidity, bestFirst: boolean) {
    this.#order = order;
    this.#bestFirst = bestFirst;
    this.#rules = rules;
    this.#liquidity = liquidity;
    this.#left = order.shares;
  }

  take(bar: Bar, places: Places): void {
    const entry = this.#left > 0 ? this.#enter(bar, places) : undefined;
    if (this.#held > 0 && this.#order.time !== 'close') this.#exit(bar, entry);
  }

  end(lastBar: Bar | undefined): SessionFills {
    if (this.#held > 0 && this.#order.closes === true && lastBar !== undefined) {
      const side = oppositeOf(this.#order.side);
      const price = fillPrice({ side, type: 'market', time: 'close' }, lastBar, this.#rules);
      if (!Number.isNaN(price)) this.#leave(price, 'closing', true);
    }
    return this.#fills.length === 0 ? nothing : { fills: this.#fills, held: this.#held, ambiguous: this.#ambiguous };
  }

  #enter(bar: Bar, places: Places): Entry | undefined {
    const { side, type, time } = this.#order;
    const asked = this.#triggered ? ({ side, type: 'market', time: 'day' } as const) : this.#order;
    const price = fillPrice(asked, bar, this.#rules, places);
    if (Number.isNaN(price)) return undefined;
    const atOpen = price === bar.open;
    const inAuction = time !== 'day' || (places.first && atOpen && type !== 'stop');
    if (type === 'stop') this.#triggered = true;
    const shares = Math.min(this.#left, inAuction ? this.#liquidity.ofSession : this.#liquidity.ofBar(bar));
    if (!(shares > 0)) return undefined;
    this.#fills.push({ side, price, shares, reason: 'entry', paidNoSpread: inAuction || type === 'limit' });
    this.#left -= shares;
    this.#held += shares;
    return { how: atOpen ? 'auction' : type === 'limit' ? 'limit' : 'stop', price };
  }

  /** Decides doubts within the bar of the entry: after a limit a stop can only come later, after a stop a target. */
  #exit(bar: Bar, entry: Entry | undefined): void {
    const { stopLoss, takeProfit } = this.#order;
    if (stopLoss === undefined && takeProfit === undefined) return;
    // The open of the entry's bar was before the entry.
    const seen = entry === undefined ? bar : { ...bar, open: entry.price };
    const loss = this.#exitPrice('stop', stopLoss, seen);
    const profit = this.#exitPrice('limit', takeProfit, seen);
    const [hasLost, hasWon] = [!Number.isNaN(loss), !Number.isNaN(profit)];
    const isUnclear = hasLost ? hasWon || entry?.how === 'stop' : hasWon && entry?.how === 'limit';
    this.#ambiguous ||= isUnclear;
    if (hasLost && !(isUnclear && this.#bestFirst)) this.#leave(loss, 'stop-loss', false);
    else if (hasWon && (!isUnclear || this.#bestFirst)) this.#leave(profit, 'take-profit', true);
  }

  #exitPrice(type: 'stop' | 'limit', price: Yen | undefined, bar: Bar): Yen {
    if (price === undefined) return NaN;
    return fillPrice({ side: oppositeOf(this.#order.side), type, time: 'day', price }, bar, this.#rules, within);
  }

  /** Closes the position for good: after an exit the rest of the order is dropped. */
  #leave(price: Yen, reason: FillReason, paidNoSpread: boolean): void {
    this.#fills.push({ side: oppositeOf(this.#order.side), price, shares: this.#held, reason, paidNoSpread });
    this.#held = 0;
    this.#left = 0;
  }
}

const within: Places = { first: false, last: false };
