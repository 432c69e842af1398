import type { Yen } from '@daytrade/market';

/**
 * The ban on settling differences in cash (sakin kessai): the money from a sale of shares that were bought today does
 * not buy the same symbol again today, and shares that were bought back with the money of today's sale are not sold
 * again today. Source: Financial Instruments and Exchange Act, article 161-2, as brokers apply it.
 */
export class SameMoneyRule {
  readonly #bought: Float64Array;
  readonly #sold: Float64Array;
  readonly #locked: Float64Array;
  readonly #boughtBack: Float64Array;
  readonly #touched: number[] = [];

  constructor(symbols: number) {
    this.#bought = new Float64Array(symbols);
    this.#sold = new Float64Array(symbols);
    this.#locked = new Float64Array(symbols);
    this.#boughtBack = new Float64Array(symbols);
  }

  startSession(): void {
    for (const symbol of this.#touched) {
      for (const column of [this.#bought, this.#sold, this.#locked, this.#boughtBack]) column[symbol] = 0;
    }
    this.#touched.length = 0;
  }

  /** @param before shares that were held; `shares` is negative for a sale */
  traded(symbol: number, before: number, shares: number, price: Yen): void {
    this.#touched.push(symbol);
    if (shares > 0) {
      if (this.#sold[symbol]! > 0) this.#boughtBack[symbol]! += shares;
      this.#bought[symbol]! += shares;
      return;
    }
    const ofToday = Math.min(-shares, this.#bought[symbol]!, Math.max(0, before));
    this.#locked[symbol]! += ofToday * price;
    this.#sold[symbol]! -= shares;
  }

  /** Money that does not buy the symbol today. */
  lockedOf(symbol: number): Yen {
    return this.#locked[symbol]!;
  }

  /** Shares that are not sold today. */
  boughtBackOf(symbol: number): number {
    return this.#boughtBack[symbol]!;
  }
}
