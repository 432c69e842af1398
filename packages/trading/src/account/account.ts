import type { Yen } from '@daytrade/market';
import { SameMoneyRule } from './same-money-rule.ts';
import { Settlement } from './settlement.ts';

/**
 * How an account pays: `cash` with its own money alone; `margin` with credit, long and short; `day-margin` the same,
 * with every position closed in the session that opened it.
 */
export type AccountKind = 'cash' | 'margin' | 'day-margin';

/** Share of what is held that has to be there as equity: 30 % (Cabinet Order on margin transactions). */
const initialMargin = 0.3;

/** What an account begins with. */
export interface AccountOptions {
  readonly kind: AccountKind;
  readonly cash: Yen;
  /** How many symbols there are. */
  readonly symbols: number;
}

/** Money and shares. All amounts in yen; short positions are negative. */
export class Account {
  readonly kind: AccountKind;
  readonly #shares: Float64Array;
  readonly #marks: Float64Array;
  readonly #shortValue: Float64Array;
  readonly #held = new Set<number>();
  readonly #settlement = new Settlement();
  readonly #sameMoney: SameMoneyRule;
  #cash: Yen;
  /** Equity and exposure as they were last added up; NaN once something changed. */
  #equity: Yen = NaN;
  #exposure: Yen = NaN;

  constructor({ kind, cash, symbols }: AccountOptions) {
    this.kind = kind;
    this.#cash = cash;
    this.#shares = new Float64Array(symbols);
    this.#marks = new Float64Array(symbols);
    this.#shortValue = new Float64Array(symbols);
    this.#sameMoney = new SameMoneyRule(symbols);
  }

  /** Begins a session, counted by the caller: what was sold two sessions ago is paid. */
  startSession(session: number): void {
    this.#settlement.startSession(session);
    this.#sameMoney.startSession();
  }

  /** Takes a purchase, or with negative shares a sale. */
  apply(symbol: number, shares: number, price: Yen): void {
    const before = this.#shares[symbol]!;
    const after = before + shares;
    this.#shares[symbol] = after;
    this.#marks[symbol] = price;
    this.#cash -= shares * price;
    this.#changed();
    if (shares < 0) this.#settlement.sold(-shares * price);
    this.#sameMoney.traded(symbol, before, shares, price);
    this.#shortValue[symbol] = shortValueAfter(this.#shortValue[symbol]!, before, shares, price);
    if (after === 0) this.#held.delete(symbol);
    else this.#held.add(symbol);
  }

  /** Takes what a trade or a night cost. */
  pay(cost: Yen): void {
    this.#cash -= cost;
    this.#equity = NaN;
  }

  mark(symbol: number, price: Yen): void {
    this.#marks[symbol] = price;
    this.#changed();
  }

  #changed(): void {
    this.#equity = NaN;
    this.#exposure = NaN;
  }

  sharesOf(symbol: number): number {
    return this.#shares[symbol]!;
  }

  markOf(symbol: number): Yen {
    return this.#marks[symbol]!;
  }

  /** Symbols that are held, in the order in which they were bought. */
  get held(): Iterable<number> & { readonly size: number } {
    return this.#held;
  }

  get cash(): Yen {
    return this.#cash;
  }

  get equity(): Yen {
    if (!Number.isNaN(this.#equity)) return this.#equity;
    let equity = this.#cash;
    for (const symbol of this.#held) equity += this.#shares[symbol]! * this.#marks[symbol]!;
    this.#equity = equity;
    return equity;
  }

  /** What is held, long and short ones added. */
  get exposure(): Yen {
    if (!Number.isNaN(this.#exposure)) return this.#exposure;
    let exposure = 0;
    for (const symbol of this.#held) exposure += Math.abs(this.#shares[symbol]! * this.#marks[symbol]!);
    this.#exposure = exposure;
    return exposure;
  }

  /**
   * For how much a symbol may be bought, or sold short: in cash what is there less what the rule on the same money
   * keeps from it (sakin kessai), on margin what the equity carries beside what is held. A cash account sells nothing
   * short.
   */
  roomFor(symbol: number, side: 'long' | 'short'): Yen {
    if (this.kind !== 'cash') return Math.max(0, this.equity / initialMargin - this.exposure);
    return side === 'short' ? 0 : Math.max(0, this.#cash - this.#sameMoney.lockedOf(symbol));
  }

  /** How many shares of a symbol may be sold without going short. */
  sellable(symbol: number): number {
    const held = Math.max(0, this.#shares[symbol]!);
    return this.kind === 'cash' ? held - this.#sameMoney.boughtBackOf(symbol) : held;
  }

  /**
   * What may be paid out: settled money (T+2), without what short sales brought, which the broker keeps, and on margin
   * no more than the equity beyond what is held needs.
   */
  get withdrawable(): Yen {
    let shortProceeds = 0;
    for (const symbol of this.#held) shortProceeds += this.#shortValue[symbol]!;
    // Proceeds of a short sale that are not settled yet are among both.
    const kept = Math.max(shortProceeds, this.#settlement.unsettled);
    const free = this.kind === 'cash' ? this.#cash : this.equity - initialMargin * this.exposure;
    return Math.max(0, Math.min(this.#cash - kept, free));
  }
}

/** What the short sales of a symbol that are open were sold for. */
function shortValueAfter(value: Yen, before: number, shares: number, price: Yen): Yen {
  const after = before + shares;
  if (after >= 0) return 0;
  if (before >= 0) return -after * price;
  return shares < 0 ? value - shares * price : (value * after) / before;
}
