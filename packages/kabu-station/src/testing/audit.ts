import type { LiveConfirmation } from '@daytrade/contracts';
import { PaperBook } from '@daytrade/paper';
import type { MemoryLog } from '@daytrade/paper/testing';
import type { LiveHours } from '../session-hours.ts';
import type { KabuSimulator } from './kabu-simulator.ts';
import type { PricePath } from './price-path.ts';
import type { SimulatedClock } from './simulated-clock.ts';
import { openShares, type SimulatedOrder } from './simulated-orders.ts';

/** What was found of a session by whoever sees what the exchange has, and not what the API shows. */
export interface AuditFindings {
  /** Orders that reached the broker. */
  readonly sent: number;
  /** Orders that reached it beyond those that are written down once each, or beyond what was decided. */
  readonly duplicates: number;
  /** Limits that an order broke when it was taken, and orders to open something that were sent after a halt. */
  readonly breaches: readonly string[];
  /** Milliseconds from the loss of more than may be lost to the halt; undefined where that did not happen. */
  readonly lossToHalt: number | undefined;
  /** Whether nothing was held and nothing open a minute after the halt; undefined where it was not halted. */
  readonly flatAfterHalt: boolean | undefined;
  /** Why it was not: the exchange did not trade, or an order was stuck. */
  readonly whyNotFlat: 'no continuous trading' | 'a stuck order' | 'other' | undefined;
  /** Whether it ended with nothing held, or halted and with what is held said. */
  readonly end: 'flat' | 'halted' | 'neither';
}

interface AuditParts {
  readonly simulator: KabuSimulator;
  readonly clock: SimulatedClock;
  readonly hours: LiveHours;
  readonly paths: ReadonlyMap<string, PricePath>;
  readonly log: MemoryLog;
  readonly limits: LiveConfirmation['limits'];
}

const minute = 60_000;
const lookEvery = 5_000;

/** Holds what the exchange has against what a session may do. */
export class Audit {
  readonly #parts: AuditParts;
  readonly #breaches: string[] = [];
  #lostAt: number | undefined;
  #haltedAt: number | undefined;
  #lossToHalt: number | undefined;
  #flatAfterHalt: boolean | undefined;
  #whyNotFlat: AuditFindings['whyNotFlat'];

  constructor(parts: AuditParts) {
    this.#parts = parts;
    this.#look(parts.hours.preOpen);
  }

  /** An order that the exchange has just taken. */
  taken({ request }: SimulatedOrder): void {
    const { simulator, clock, paths, limits } = this.#parts;
    if (request.CashMargin === 3) return;
    const now = clock.now();
    const last = paths.get(request.Symbol)!.at(now);
    const price = priceOf(request);
    if (price !== undefined && Math.abs(price / last - 1) > limits.maxPriceBand) this.#breaches.push('price band');
    const inMinute = simulator.orders.filter(({ receivedAt }) => now - receivedAt < minute).length;
    if (inMinute > limits.maxOrdersPerMinute) this.#breaches.push('orders a minute');
    const own = simulator.orders.filter(({ request: { Symbol: symbol, Side, CashMargin } }) => {
      return symbol === request.Symbol && Side === request.Side && CashMargin === 2;
    });
    const held = simulator.held(request.Symbol)[request.Side === '2' ? 'long' : 'short'];
    if (held * last + own.reduce((sum, order) => sum + this.#openWorth(order), 0) > limits.maxPosition) {
      this.#breaches.push('position');
    }
    if (this.#exposure() > limits.maxExposure) this.#breaches.push('exposure');
    if (this.#lost() >= limits.maxSessionLoss) this.#breaches.push('session loss');
  }

  findings(halted: string | undefined, remaining: readonly string[]): AuditFindings {
    const { simulator, log, paths } = this.#parts;
    simulator.advance();
    const book = new PaperBook(log.events);
    const sent = log.events.filter(({ kind }) => kind === 'sent').length;
    const haltedAt = log.events.findIndex(({ kind }) => kind === 'halted');
    const afterHalt = log.events.filter(({ kind, order }, i) => {
      return haltedAt >= 0 && i > haltedAt && kind === 'sent' && !book.orders.get(order!)!.isForced;
    });
    if (this.#lostAt !== undefined && this.#haltedAt === undefined) this.#lossToHalt = Infinity;
    const isFlat = [...paths.keys()].every((symbol) => this.#isFlat(symbol));
    return {
      sent: simulator.asked,
      duplicates: Math.max(0, simulator.asked - sent) + this.#beyondDecided(book),
      breaches: [...this.#breaches, ...afterHalt.map(() => 'sent after the halt')],
      lossToHalt: this.#lossToHalt,
      flatAfterHalt: this.#flatAfterHalt,
      whyNotFlat: this.#whyNotFlat,
      end: isFlat ? 'flat' : halted !== undefined && remaining.length > 0 ? 'halted' : 'neither',
    };
  }

  /** Symbols and sides of which more was opened than was decided. */
  #beyondDecided(book: PaperBook): number {
    const decided = new Map<string, number>();
    const opened = new Map<string, number>();
    const add = (to: Map<string, number>, key: string, shares: number) => to.set(key, (to.get(key) ?? 0) + shares);
    for (const { symbol, side, shares, isForced } of book.orders.values()) {
      if (!isForced) add(decided, `${symbol} ${side === 'buy' ? '2' : '1'}`, shares);
    }
    for (const { request } of this.#parts.simulator.orders) {
      if (request.CashMargin === 2) add(opened, `${request.Symbol} ${request.Side}`, request.Qty);
    }
    return [...opened].filter(([key, shares]) => shares > (decided.get(key) ?? 0)).length;
  }

  /** Every few seconds: what was lost, whether it is halted, and what is held a minute later. */
  #look(at: number): void {
    const { clock, hours, log, simulator, limits } = this.#parts;
    if (at > hours.close + 4 * minute) return;
    clock.at(at, () => {
      if (this.#haltedAt === undefined) {
        const halt = log.events.find(({ kind }) => kind === 'halted');
        if (halt !== undefined) this.#halted(Date.parse(halt.at));
      }
      if (simulator.orders.length > 0 && this.#haltedAt === undefined && this.#lostAt === undefined) {
        simulator.advance();
        if (this.#lost() >= limits.maxSessionLoss) this.#lostAt = at;
      }
      this.#look(at + lookEvery);
    });
  }

  #halted(at: number): void {
    const { clock } = this.#parts;
    this.#haltedAt = at;
    if (this.#lostAt !== undefined) this.#lossToHalt = Math.max(0, at - this.#lostAt);
    clock.at(Math.max(clock.now(), at + minute), () => this.#judgeHalt(at + minute));
  }

  #judgeHalt(at: number): void {
    const { paths, simulator, hours } = this.#parts;
    simulator.advance();
    this.#flatAfterHalt = [...paths.keys()].every((symbol) => this.#isFlat(symbol));
    if (this.#flatAfterHalt) return;
    const from = this.#haltedAt!;
    const trades = (now: number) =>
      (now >= hours.open && now < hours.morningClose) || (now >= hours.afternoonOpen && now < hours.continuousClose);
    if (simulator.orders.some(({ stuckUntil }) => stuckUntil > from)) this.#whyNotFlat = 'a stuck order';
    else this.#whyNotFlat = trades(from) && trades(at) ? 'other' : 'no continuous trading';
  }

  #isFlat(symbol: string): boolean {
    const { simulator } = this.#parts;
    const { long, short } = simulator.held(symbol);
    return (
      long === 0 && short === 0 && simulator.orders.every((o) => o.request.Symbol !== symbol || openShares(o) === 0)
    );
  }

  #openWorth(order: SimulatedOrder): number {
    const last = this.#parts.paths.get(order.request.Symbol)!.at(this.#parts.clock.now());
    const price = priceOf(order.request) ?? last;
    // Who sells gets the last price also where the limit is below.
    return openShares(order) * (order.request.Side === '1' ? Math.max(price, last) : price);
  }

  #exposure(): number {
    const { simulator, paths, clock } = this.#parts;
    let exposure = 0;
    for (const [symbol, path] of paths) {
      const { long, short } = simulator.held(symbol);
      exposure += (long + short) * path.at(clock.now());
    }
    const opening = simulator.orders.filter(({ request }) => request.CashMargin === 2);
    return exposure + opening.reduce((sum, order) => sum + this.#openWorth(order), 0);
  }

  #lost(): number {
    const { simulator, paths, clock } = this.#parts;
    let lost = 0;
    for (const { request, fills } of simulator.orders) {
      const last = paths.get(request.Symbol)!.at(clock.now());
      const sign = request.Side === '2' ? 1 : -1;
      for (const { shares, price } of fills) lost += sign * shares * (price - last);
    }
    return lost;
  }
}

function priceOf({ Price, ReverseLimitOrder }: SimulatedOrder['request']): number | undefined {
  return ReverseLimitOrder?.TriggerPrice ?? (Price > 0 ? Price : undefined);
}
