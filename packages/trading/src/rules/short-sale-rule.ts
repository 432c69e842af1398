import type { Yen } from '@daytrade/market';

/** A price this share below the base price of its session triggers the restriction. */
const trigger = 0.9;
/** Orders of this many lots or fewer are free of it. */
const freeLots = 50;

/**
 * The price restriction on short sales of each symbol. Once a trade was 10 % or more below the base price, until the
 * end of the next session short sales of more than 50 lots must ask for more than the last price (Order for Enforcement
 * of the Financial Instruments and Exchange Act, article 26-4).
 */
export class ShortSaleRule {
  /** Session in which each symbol fell so far, the newest; numbered as the caller numbers them. */
  readonly #triggered: Int32Array;

  constructor(symbols: number) {
    this.#triggered = new Int32Array(symbols).fill(-2);
  }

  /** Takes what a session was, once it is over or while it runs. */
  observe(symbol: number, session: number, low: Yen, base: Yen): void {
    if (low <= trigger * base) this.#triggered[symbol] = session;
  }

  /** Whether large short sales of a symbol are restricted in a session. */
  isRestricted(symbol: number, session: number): boolean {
    return session - this.#triggered[symbol]! <= 1;
  }

  /**
   * Whether a short sale may be sent.
   *
   * @param limit undefined for a market order
   */
  allows(
    symbol: number,
    session: number,
    {
      shares,
      lot,
      limit,
      last,
    }: { readonly shares: number; readonly lot: number; readonly limit: Yen | undefined; readonly last: Yen },
  ): boolean {
    if (shares <= freeLots * lot || !this.isRestricted(symbol, session)) return true;
    return limit !== undefined && limit > last;
  }
}
