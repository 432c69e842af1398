import { ExponentialMean } from './operators/exponential-mean.ts';
import type { SymbolBar } from './symbol-bar.ts';

/**
 * What the symbols with a bar at a session say together, each with equal weight. NaN where no symbol has the quantity.
 * "The market" is the panel: its values depend on which symbols are in it.
 */
export class MarketState {
  return1 = NaN;
  return5 = NaN;
  return20 = NaN;
  /** Sample deviation of the one-session returns across symbols; NaN below two symbols. */
  dispersion = NaN;
  /** Share of symbols that closed higher than at their bar before. */
  breadth = NaN;
  /** Mean of ln(range variance) over the symbols. */
  logRangeVariance = NaN;
  readonly variance80 = new ExponentialMean(0.8);
  readonly variance94 = new ExponentialMean(0.94);
  readonly variance97 = new ExponentialMean(0.97);

  /** @param bars the symbols with a bar at this session, already moved to it */
  push(bars: readonly SymbolBar[]): void {
    this.return1 = meanAcross(bars, (bar) => bar.return1);
    this.return5 = meanAcross(bars, (bar) => bar.return5);
    this.return20 = meanAcross(bars, (bar) => bar.return20);
    this.logRangeVariance = meanAcross(bars, (bar) => bar.logRangeVariance);
    this.#pushSpread(bars);
    const square = this.return1 * this.return1;
    this.variance80.push(square);
    this.variance94.push(square);
    this.variance97.push(square);
  }

  #pushSpread(bars: readonly SymbolBar[]): void {
    let count = 0;
    let rising = 0;
    let squares = 0;
    for (const bar of bars) {
      if (!Number.isFinite(bar.return1)) continue;
      count += 1;
      if (bar.return1 > 0) rising += 1;
      squares += (bar.return1 - this.return1) ** 2;
    }
    this.breadth = rising / count;
    this.dispersion = count < 2 ? NaN : Math.sqrt(squares / (count - 1));
  }
}

function meanAcross(bars: readonly SymbolBar[], quantity: (bar: SymbolBar) => number): number {
  let sum = 0;
  let count = 0;
  for (const bar of bars) {
    const value = quantity(bar);
    if (!Number.isFinite(value)) continue;
    sum += value;
    count += 1;
  }
  return sum / count;
}
