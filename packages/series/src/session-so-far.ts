/** Length of the bars that a session is made of, milliseconds. */
export const barMilliseconds = 300_000;

/** One bar within the day. */
export interface BarWithinDay {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** The running session of one symbol, bar after bar. */
export class SymbolSoFar {
  open = NaN;
  price = NaN;
  high = NaN;
  low = NaN;
  variance = NaN;

  /** Takes the next bar that has ended; a bar without a price, as over lunch, changes nothing. */
  take(bar: BarWithinDay): void {
    if (!(bar.open > 0 && bar.close > 0)) return;
    const first = Number.isNaN(this.open);
    if (first) this.open = bar.open;
    // The first bar is measured from its own open, each other from the price before it.
    const square = Math.log(bar.close / (first ? bar.open : this.price)) ** 2;
    this.variance = first ? square : this.variance + square;
    this.high = first ? bar.high : Math.max(this.high, bar.high);
    this.low = first ? bar.low : Math.min(this.low, bar.low);
    this.price = bar.close;
  }
}
