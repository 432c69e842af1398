import type { PaperEvent } from '@daytrade/contracts';
import type { TradeDate } from '@daytrade/market';
import { answerEvents, type BookOrder } from '@daytrade/paper';
import type { RiskLimits } from '@daytrade/trading';
import type { KabuBroker } from './kabu-broker.ts';
import type { LiveClock } from './live-clock.ts';
import { by, isWorking, type LiveLedger } from './live-ledger.ts';
import { breachBy, type Moment } from './live-limits.ts';
import { longestLag } from './look-at-orders.ts';

const closeAgainAfter = 5_000;

interface SenderParts {
  readonly ledger: LiveLedger;
  readonly broker: KabuBroker;
  readonly clock: LiveClock;
  readonly session: TradeDate;
}

/**
 * Sends orders of the log, each at most once for ever: it is written down as sent before the broker has it, and what is
 * written down as sent is never sent again.
 */
export class OrderSender {
  readonly #parts: SenderParts;
  /** Since when it is not known whether the broker has an order. */
  readonly #doubts = new Map<string, number>();

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Since when nobody knows of an order, and what the broker said. */
  doubtOf(key: string): { readonly since: number; readonly refusal: string | undefined } {
    const since = this.#doubts.get(key) ?? this.#parts.clock.now();
    this.#doubts.set(key, since);
    return { since, refusal: this.#parts.broker.refusalOf(key) };
  }

  /**
   * Whether an order of a symbol has no number yet and may still be shown: then no other of it is sent. After a halt
   * another one to close may follow sooner, since the broker lets nobody close more than is held.
   */
  isInDoubt(symbol: string): boolean {
    const { ledger, clock } = this.#parts;
    const isHalted = ledger.book.halted !== undefined;
    return ledger.working.some((order) => {
      if (order.symbol !== symbol || order.state !== 'sent') return false;
      const lasts = isHalted && order.isForced ? closeAgainAfter : longestLag;
      return clock.now() - this.doubtOf(order.key).since < lasts;
    });
  }

  /**
   * Sends one order that is written down as intended, where its limits and a halt allow it.
   *
   * @returns whether it left
   */
  async send(key: string, limits: RiskLimits, moment: Omit<Moment, 'now'>): Promise<boolean> {
    const { ledger, broker, clock } = this.#parts;
    await ledger.refresh();
    const order = ledger.book.orders.get(key);
    if (order?.state !== 'intended' || this.isInDoubt(order.symbol)) return false;
    const now = clock.now();
    const head = { session: order.session, order: key, at: iso(now), by };
    const cancelled = (reason: string): PaperEvent => ({ ...head, key: `${key} cancelled`, kind: 'cancelled', reason });
    const breach = breachBy(order, ledger, limits, { ...moment, now });
    // Too many at once are fewer in a minute.
    if (breach === 'ordersPerMinute') return false;
    let leaves = false;
    await ledger.change((book) => {
      leaves = false;
      if (book.orders.get(key)?.state !== 'intended') return [];
      if (breach !== undefined) return [cancelled(`limit: ${breach}`)];
      if (book.halted !== undefined && !order.isForced) return [cancelled(`halted: ${book.halted.reason}`)];
      leaves = true;
      return [{ ...head, key: `${key} sent`, kind: 'sent' }];
    });
    if (!leaves) return false;
    this.#doubts.set(key, now);
    const answer = await broker.place(ledger.book.orders.get(key)!);
    await ledger.add(...answerEvents(order, answer, { by, at: iso(clock.now()) }));
    return true;
  }

  /** Gives up orders that were not sent in time. */
  async expire(orders: readonly BookOrder[]): Promise<void> {
    const at = iso(this.#parts.clock.now());
    await this.#parts.ledger.add(
      ...orders.map(({ key, session }): PaperEvent => {
        return {
          key: `${key} expired`,
          session,
          order: key,
          at,
          by,
          kind: 'expired',
          reason: 'not sent before the open',
        };
      }),
    );
  }

  /** Ends what is open when its session is over. */
  async end(): Promise<void> {
    const { ledger, clock, session } = this.#parts;
    const at = iso(clock.now());
    const open = ledger.orders.filter((order) => order.state === 'intended' || isWorking(order));
    await ledger.add(
      ...open.map(({ key, state }): PaperEvent => {
        const reason = state === 'sent' ? 'no answer, and never seen at the broker' : 'the session is over';
        return { key: `${key} cancelled`, session, order: key, at, by, kind: 'cancelled', reason };
      }),
    );
  }
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
