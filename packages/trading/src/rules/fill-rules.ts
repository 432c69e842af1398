import type { Yen } from '@daytrade/market';

/** One bar, prices in yen. */
export interface Bar {
  readonly open: Yen;
  readonly high: Yen;
  readonly low: Yen;
  readonly close: Yen;
  readonly volume: number;
}

/** What a fill on a bar obeys. */
export interface FillRules {
  /** The daily limits; infinite where prices have none. */
  readonly lower: Yen;
  readonly upper: Yen;
  /**
   * The next price of the grid above and below a price: so far it must be traded through. The price itself counts a
   * touch.
   */
  above(price: Yen): Yen;
  below(price: Yen): Yen;
}
