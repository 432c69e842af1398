import type { Yen } from '@daytrade/market';

/**
 * Kind of an account: `cash` pays with its own money alone; `margin` with credit, long and short; `day-margin` like
 * margin, with every position closed in the session that opened it.
 */
export type AccountKind = 'cash' | 'margin' | 'day-margin';

/** Share of the exposure that must be covered by equity: 30 % (Cabinet Order on margin transactions). */
const initialMargin = 0.3;

/** Initial state of an account. */
interface AccountOptions {
  readonly kind: AccountKind;
  readonly cash: Yen;
  readonly symbols: number;
}

/** Money and shares. All amounts in yen; short positions are negative. */
export class Account {
  readonly kind: AccountKind;
  readonly #shares: Float64Array;
  readonly #marks: Float64Array;
  readonly #held = new Set<number>();
  readonly #sameMoney = new SameMoneyRule();
  #cash: Yen;

  constructor({ kind, cash, symbols }: AccountOptions) {
    this.kind = kind;
    this.#cash = cash;
    this.#shares = new Float64Array(symbols);
    this.#marks = new Float64Array(symbols);
  }

  startSession(): void {
    this.#sameMoney.startSession();
  }

  /** Books a purchase, or with negative shares a sale. */
  apply(symbol: number, shares: number, price: Yen): void {
    const before = this.#shares[symbol]!;
    const after = before + shares;
    this.#shares[symbol] = after;
    this.#marks[symbol] = price;
    this.#cash -= shares * price;
    this.#sameMoney.traded(symbol, before, shares, price);
    if (after === 0) this.#held.delete(symbol);
    else this.#held.add(symbol);
  }

  /** Pays the cost of a trade or a night. */
  pay(cost: Yen): void {
    this.#cash -= cost;
  }

  /** Values a position at a price. */
  mark(symbol: number, price: Yen): void {
    this.#marks[symbol] = price;
  }

  /** Splits a position: new shares for each old one. */
  split(symbol: number, ratio: number): void {
    this.#shares[symbol] = Math.round(this.#shares[symbol]! * ratio);
    this.#marks[symbol]! /= ratio;
  }

  sharesOf(symbol: number): number {
    return this.#shares[symbol]!;
  }

  markOf(symbol: number): Yen {
    return this.#marks[symbol]!;
  }

  /** Symbols of open positions, oldest first. */
  get held(): Iterable<number> & { readonly size: number } {
    return this.#held;
  }

  get cash(): Yen {
    return this.#cash;
  }

  get equity(): Yen {
    let equity = this.#cash;
    for (const symbol of this.#held) equity += this.#shares[symbol]! * this.#marks[symbol]!;
    return equity;
  }

  /** Value of all positions, long and short added. */
  get exposure(): Yen {
    let exposure = 0;
    for (const symbol of this.#held) exposure += Math.abs(this.#shares[symbol]! * this.#marks[symbol]!);
    return exposure;
  }

  /**
   * Returns the yen for which a symbol may be bought or sold short. A cash account sells nothing short, and buys with
   * the cash that the same-money rule does not lock. A margin account has what its equity covers.
   */
  roomFor(symbol: number, side: 'long' | 'short'): Yen {
    if (this.kind !== 'cash') return Math.max(0, this.equity / initialMargin - this.exposure);
    return side === 'short' ? 0 : Math.max(0, this.#cash - this.#sameMoney.lockedOf(symbol));
  }

  /** Returns the shares of a symbol that may be sold without going short. */
  sellable(symbol: number): number {
    const held = Math.max(0, this.#shares[symbol]!);
    return this.kind === 'cash' ? held - this.#sameMoney.boughtBackOf(symbol) : held;
  }
}

/**
 * The ban on settling differences in cash (sakin kessai). Money from a sale of shares bought today does not buy the
 * same symbol again today. Shares bought back with the money of today's sale are not sold again today. Source:
 * Financial Instruments and Exchange Act, article 161-2, as brokers apply it.
 */
class SameMoneyRule {
  /** Trades of today by symbol: shares bought, sold and bought back, and yen locked. */
  readonly #today = new Map<number, { bought: number; sold: number; boughtBack: number; locked: Yen }>();

  startSession(): void {
    this.#today.clear();
  }

  /** @param before shares that were held; `shares` is negative for a sale */
  traded(symbol: number, before: number, shares: number, price: Yen): void {
    const today = this.#today.get(symbol) ?? { bought: 0, sold: 0, boughtBack: 0, locked: 0 };
    this.#today.set(symbol, today);
    if (shares > 0) {
      if (today.sold > 0) today.boughtBack += shares;
      today.bought += shares;
      return;
    }
    today.locked += Math.min(-shares, today.bought, Math.max(0, before)) * price;
    today.sold -= shares;
  }

  lockedOf(symbol: number): Yen {
    return this.#today.get(symbol)?.locked ?? 0;
  }

  /** Returns the shares that are not sold today. */
  boughtBackOf(symbol: number): number {
    return this.#today.get(symbol)?.boughtBack ?? 0;
  }
}
