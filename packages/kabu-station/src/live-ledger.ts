import type { PaperEvent } from '@daytrade/contracts';
import { type BookOrder, changeBook, PaperBook, type PaperLog } from '@daytrade/paper';
import { signOf } from '@daytrade/trading';

/**
 * What is held of a symbol. What was bought and what was sold short are kept apart, as a margin account keeps them: an
 * order that opens the one closes nothing of the other.
 */
export interface Held {
  readonly long: number;
  readonly short: number;
  /** Yen that were paid for what is held, and for what was closed; what was received is taken off. */
  readonly cost: number;
}

export const nothing: Held = { long: 0, short: 0, cost: 0 };

/** Event texts name who wrote them. */
export const by = 'live-session';

/** Whether an order may still trade, or nobody knows. */
export function isWorking({ state }: BookOrder): boolean {
  return state === 'sent' || state === 'accepted';
}

/**
 * The book of one live session: its log, and what follows from it. It is read again before anything is done, since
 * whoever halts it writes there from another process.
 */
export class LiveLedger {
  readonly #log: PaperLog;
  #book = new PaperBook([]);
  #held: Map<string, Held> | undefined;
  #heldSymbols: readonly string[] | undefined;
  #touched: Map<string, number> | undefined;
  #orders: readonly BookOrder[] | undefined;
  #working: readonly BookOrder[] | undefined;

  constructor(log: PaperLog) {
    this.#log = log;
  }

  get book(): PaperBook {
    return this.#book;
  }

  get orders(): readonly BookOrder[] {
    this.#orders ??= [...this.#book.orders.values()];
    return this.#orders;
  }

  /** Orders that may still trade. */
  get working(): readonly BookOrder[] {
    this.#working ??= this.orders.filter(isWorking);
    return this.#working;
  }

  /** What the fills that are known make. */
  get held(): ReadonlyMap<string, Held> {
    this.#held ??= heldIn(this.#book);
    return this.#held;
  }

  /** Symbols of which something is held. */
  get heldSymbols(): readonly string[] {
    this.#heldSymbols ??= [...this.held].flatMap(([symbol, { long, short }]) => {
      return long === 0 && short === 0 ? [] : [symbol];
    });
    return this.#heldSymbols;
  }

  /** Numbers that the broker gave our orders. */
  get claimed(): Set<string> {
    return new Set(this.orders.flatMap(({ brokerId }) => (brokerId === undefined ? [] : [brokerId])));
  }

  /** Reads what others wrote meanwhile. */
  async refresh(): Promise<void> {
    const events = await this.#log.read();
    if (events.length !== this.#book.events.length) this.#set(new PaperBook(events));
  }

  /** Adds what is made of the book as it stands. */
  async change(make: (book: PaperBook) => readonly PaperEvent[]): Promise<void> {
    const book = await changeBook(this.#log, make);
    if (book.events.length !== this.#book.events.length) this.#set(book);
  }

  async add(...events: readonly PaperEvent[]): Promise<void> {
    if (events.length > 0) await this.change(() => events);
  }

  /** Halts it, once. */
  async halt(reason: string, now: number, who = by): Promise<void> {
    await this.change((book) => haltSession(book, reason, { by: who, at: new Date(now).toISOString() }));
  }

  /**
   * The newest instant at which something happened to orders of a symbol, milliseconds; -Infinity where nothing did.
   */
  touchedAt(symbol: string): number {
    this.#touched ??= touchesIn(this.#book);
    return this.#touched.get(symbol) ?? -Infinity;
  }

  #set(book: PaperBook): void {
    this.#book = book;
    this.#held = undefined;
    this.#heldSymbols = undefined;
    this.#touched = undefined;
    this.#working = undefined;
    this.#orders = undefined;
  }
}

/**
 * Stops a live session for good. Open orders are not written down as cancelled, as a paper book's are: they are when
 * the broker has cancelled them.
 */
export function haltSession(
  book: PaperBook,
  reason: string,
  author: { readonly by: string; readonly at: string },
): PaperEvent[] {
  if (book.halted !== undefined || book.stopped !== undefined) return [];
  return [{ key: 'halted 1', session: null, order: null, ...author, kind: 'halted', reason }];
}

/** What a session holds, by its log. */
export function heldIn(book: PaperBook): Map<string, Held> {
  const held = new Map<string, Held>();
  for (const event of book.events) {
    if (event.kind !== 'filled') continue;
    const { symbol, side, shares, price, order } = event;
    const { long, short, cost } = held.get(symbol) ?? nothing;
    const closes = order !== null && book.orders.get(order)?.isForced === true;
    const ofLong = (side === 'buy') !== closes;
    const change = closes ? -shares : shares;
    held.set(symbol, {
      long: ofLong ? long + change : long,
      short: ofLong ? short : short + change,
      cost: cost + signOf(side) * shares * price + event.cost,
    });
  }
  return held;
}

/** The newest instant at which something happened to the orders of each symbol. */
function touchesIn(book: PaperBook): Map<string, number> {
  const touched = new Map<string, number>();
  for (const { order, at, kind } of book.events) {
    const symbol = order === null || kind === 'intended' ? undefined : book.orders.get(order)?.symbol;
    if (symbol !== undefined) touched.set(symbol, Math.max(touched.get(symbol) ?? -Infinity, Date.parse(at)));
  }
  return touched;
}
