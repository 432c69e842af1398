import { dayNumber, japanDate } from '@daytrade/market';
import type { BookOrder } from '@daytrade/paper';
import { withoutLimits } from '@daytrade/trading';
import { isOfBroker, type KabuClient } from './kabu-client.ts';
import type { LiveClock } from './live-clock.ts';
import { by, type LiveLedger } from './live-ledger.ts';
import { longestLag } from './look-at-orders.ts';
import type { KabuPosition } from './messages.ts';
import type { OrderSender } from './order-sender.ts';
import type { Quote } from './price-feed.ts';
import { isContinuous, type LiveHours } from './session-hours.ts';

type PositionSide = 'long' | 'short';
const sides = ['long', 'short'] as const;

/** What is to be closed. */
interface Leg {
  readonly symbol: string;
  readonly side: PositionSide;
  readonly shares: number;
}

interface CloseOutParts {
  readonly ledger: LiveLedger;
  readonly client: KabuClient;
  readonly sender: OrderSender;
  readonly clock: LiveClock;
  readonly hours: LiveHours;
}

/** An order is asked to be cancelled again after so long. */
const patience = 5_000;
/** A market order to close trades at once; one that does not is asked to be cancelled, and followed by another. */
const stuckAfter = 20_000;
const positionsEvery = 5_000;
/** After that many orders for one symbol another follows a minute after the last: nothing ends but with it closed. */
const manyClosings = 30;
const slowPace = 60_000;
/** Orders to close in any minute: far above what is needed, and an end to a runaway. */
const closingLimits = { ...withoutLimits, ordersPerMinute: 120 };

/** Closes what a session holds: at stops and targets, in the closing auction, and at once after a halt. */
export class CloseOut {
  readonly #parts: CloseOutParts;
  readonly #cancelledAt = new Map<string, number>();
  #positions: ReadonlyMap<string, Record<PositionSide, number>> | undefined;
  #positionsAt = -Infinity;

  constructor(parts: CloseOutParts) {
    this.#parts = parts;
  }

  /**
   * What the broker holds and the log does not know, or the other way round, in words; undefined where they agree.
   * Symbols to whose orders something has just happened say nothing yet, since positions come late.
   */
  differing(positions: readonly KabuPosition[]): string | undefined {
    this.#positions = sharesOf(positions);
    this.#positionsAt = this.#parts.clock.now();
    const { held } = this.#parts.ledger;
    const differing = [...new Set([...held.keys(), ...this.#positions.keys()])]
      .filter((symbol) => this.#isQuiet(symbol))
      .flatMap((symbol) =>
        sides.flatMap((side) => {
          const [own, theirs] = [held.get(symbol)?.[side] ?? 0, this.#positions!.get(symbol)?.[side] ?? 0];
          return own === theirs ? [] : [`${symbol} ${side} ${theirs} at the broker, ${own} by its fills`];
        }),
      );
    return differing.length === 0 ? undefined : differing.join('; ');
  }

  /** Closes what has reached its stop or its target, and before the close everything. */
  async exits(quoteOf: (symbol: string) => Quote | undefined): Promise<void> {
    const { ledger, clock, hours } = this.#parts;
    const now = clock.now();
    if (now >= hours.close) return;
    if (now >= hours.closing) return await this.#closeAtAuction();
    if (now < hours.open) return;
    for (const order of ledger.orders) {
      const quote = quoteOf(order.symbol);
      const side = order.side === 'buy' ? 'long' : 'short';
      const shares = ledger.held.get(order.symbol)?.[side] ?? 0;
      if (order.isForced || order.filled === 0 || shares === 0 || quote?.isOfToday !== true) continue;
      if (hasReached(order, quote.price)) await this.#close({ symbol: order.symbol, side, shares }, 'day');
    }
  }

  /** Cancels everything that may still open something, and closes what is held at any price. */
  async flatten(): Promise<void> {
    const { ledger, clock, hours } = this.#parts;
    if (clock.now() >= hours.close) return;
    const keepsAuction = clock.now() >= hours.continuousClose - patience;
    for (const order of ledger.working) {
      const isNew = clock.now() - order.sentAt < stuckAfter || !isContinuous(hours, clock.now());
      if (order.isForced && (order.time === 'day' ? isNew : keepsAuction)) continue;
      await this.#cancel(order);
    }
    const pending = ledger.working.length > 0 || [...ledger.held.values()].some(({ long, short }) => long + short > 0);
    if (clock.now() - this.#positionsAt >= (pending ? positionsEvery : longestLag)) {
      await this.#seePositions();
    }
    const symbols = new Set([...ledger.held.keys(), ...(this.#positions?.keys() ?? [])]);
    for (const symbol of symbols) {
      for (const side of sides) await this.#close({ symbol, side, shares: this.#toClose(symbol, side) }, 'day');
    }
  }

  /** What is held has to be closed also where positions cannot be read: then the fills say what it is. */
  async #seePositions(): Promise<void> {
    try {
      this.differing(await this.#parts.client.positions());
    } catch (error) {
      if (!isOfBroker(error)) throw error;
    }
  }

  async #closeAtAuction(): Promise<void> {
    const { ledger } = this.#parts;
    for (const order of ledger.working) if (!order.isForced) await this.#cancel(order);
    for (const [symbol, held] of ledger.held) {
      for (const side of sides) await this.#close({ symbol, side, shares: held[side] }, 'close');
    }
  }

  /**
   * Shares to close: those of the fills while these are new, since positions come late; what the broker holds once
   * nothing has happened for as long as they may lag, since an order may be stuck and not show its fills.
   */
  #toClose(symbol: string, side: PositionSide): number {
    const { ledger } = this.#parts;
    const werePositionsQuiet = this.#positionsAt - this.#parts.ledger.touchedAt(symbol) > longestLag;
    if (werePositionsQuiet && this.#positions !== undefined) return this.#positions.get(symbol)?.[side] ?? 0;
    return ledger.held.get(symbol)?.[side] ?? 0;
  }

  #isQuiet(symbol: string): boolean {
    const { ledger, clock } = this.#parts;
    return clock.now() - ledger.touchedAt(symbol) > longestLag;
  }

  /** Sends an order that closes, where none is on its way; the broker takes none for more than it holds. */
  async #close({ symbol, side: held, shares: wanted }: Leg, time: 'day' | 'close'): Promise<void> {
    const { ledger, sender, clock } = this.#parts;
    const side = held === 'long' ? 'sell' : 'buy';
    const closings = ledger.orders.filter((order) => order.isForced && order.symbol === symbol);
    const onTheWay = closings.filter((order) => order.state === 'accepted' && order.side === side);
    const shares = wanted - onTheWay.reduce((sum, own) => sum + own.shares - own.filled, 0);
    if (shares <= 0 || sender.isInDoubt(symbol)) return;
    const now = clock.now();
    if (closings.length >= manyClosings && now - closings.at(-1)!.sentAt < slowPace) return;
    const session = japanDate(now);
    // One that was written down and did not leave is the one to send.
    const left = closings.find((order) => order.state === 'intended' && order.side === side);
    const key = left?.key ?? `${session}/closing/${symbol}/${closings.length}`;
    const order = { symbol, side, shares, type: 'market', time, price: null } as const;
    await ledger.change((book) =>
      book.orders.has(key)
        ? []
        : [
            {
              key: `${key} intended`,
              session,
              order: key,
              at: new Date(now).toISOString(),
              by,
              kind: 'intended',
              ...order,
              stopLoss: null,
              takeProfit: null,
              closes: false,
            },
          ],
    );
    await sender.send(key, closingLimits, { session: dayNumber(session), quoteOf: () => undefined });
  }

  /** Asks for the end of an order, again and again until it is seen. */
  async #cancel({ key, brokerId }: BookOrder): Promise<void> {
    const { client, clock } = this.#parts;
    const now = clock.now();
    if (brokerId === undefined || now - (this.#cancelledAt.get(key) ?? -Infinity) < patience) return;
    this.#cancelledAt.set(key, now);
    try {
      await client.cancelOrder(brokerId);
    } catch (error) {
      // It may have traded, or the answer was lost: the orders say so, and the others have to be cancelled as well.
      if (!isOfBroker(error)) throw error;
    }
  }
}

function hasReached({ side, stopLoss, takeProfit }: BookOrder, price: number): boolean {
  const sign = side === 'buy' ? 1 : -1;
  return (
    (stopLoss !== null && sign * (price - stopLoss) <= 0) || (takeProfit !== null && sign * (price - takeProfit) >= 0)
  );
}

/** Shares of day positions by symbol. */
function sharesOf(positions: readonly KabuPosition[]): Map<string, Record<PositionSide, number>> {
  const net = new Map<string, Record<PositionSide, number>>();
  for (const { Symbol: symbol, Side, LeavesQty, MarginTradeType } of positions) {
    if (MarginTradeType !== 3 || LeavesQty === 0) continue;
    const own = net.get(symbol) ?? { long: 0, short: 0 };
    own[Side === '2' ? 'long' : 'short'] += LeavesQty;
    net.set(symbol, own);
  }
  return net;
}
