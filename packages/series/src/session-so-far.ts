/** Length of the bars that a session is made of, milliseconds. */
export const barMilliseconds = 300_000;

/** Bars whose variance is the recent one: half an hour. */
const recentBars = 6;

/** One bar within the day. */
export interface BarWithinDay {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** The running session of one symbol, bar after bar. */
export class SymbolSoFar {
  open = NaN;
  price = NaN;
  high = NaN;
  low = NaN;
  variance = NaN;
  volume = NaN;
  readonly #squares: number[] = [];

  /** Takes the next bar that has ended; a bar without a price, as over lunch, changes nothing. */
  take(bar: BarWithinDay): void {
    if (!(bar.open > 0 && bar.close > 0)) return;
    const first = Number.isNaN(this.open);
    if (first) this.open = bar.open;
    // The first bar is measured from its own open, each other from the price before it.
    const square = Math.log(bar.close / (first ? bar.open : this.price)) ** 2;
    this.#squares.push(square);
    if (this.#squares.length > recentBars) this.#squares.shift();
    this.variance = first ? square : this.variance + square;
    this.high = first ? bar.high : Math.max(this.high, bar.high);
    this.low = first ? bar.low : Math.min(this.low, bar.low);
    this.volume = first ? bar.volume : this.volume + bar.volume;
    this.price = bar.close;
  }

  get recentVariance(): number {
    return this.#squares.length === 0 ? NaN : this.#squares.reduce((sum, square) => sum + square, 0);
  }
}
