import type { View } from '../backtest/view.ts';
import { expectedVolatility, halfWidth } from './measures.ts';

/** What a position loses at most in 96.5 of 100 sessions, as a share of it: the lower half of its 93 % interval. */
function valueAtRisk(view: View, symbol: number): number {
  const byInterval = 1 - view.lower(symbol) / view.close(symbol);
  return byInterval > 0 ? byInterval : 1 - Math.exp(-halfWidth * expectedVolatility(view, symbol));
}

/** What sizes go by, as shares of the equity. */
export interface SizeTargets {
  /** Deviation of each position's daily profit. */
  readonly volatility: number;
  /** Value at risk of one position at most. */
  readonly positionRisk: number;
  /** Value at risk of all positions, as if they fell together, at most. */
  readonly bookRisk: number;
}

/**
 * How much of the equity goes into each of some symbols: the same volatility in each, no more value at risk in one than
 * allowed, and all of them smaller where the book would have too much.
 */
export function riskWeights(view: View, symbols: readonly number[], targets: SizeTargets): readonly number[] {
  const weights = symbols.map((symbol) => {
    const [volatility, risk] = [expectedVolatility(view, symbol), valueAtRisk(view, symbol)];
    const weight = Math.min(targets.volatility / volatility, targets.positionRisk / risk);
    return Number.isFinite(weight) && weight > 0 ? weight : 0;
  });
  const book = weights.reduce((sum, weight, i) => sum + (weight > 0 ? weight * valueAtRisk(view, symbols[i]!) : 0), 0);
  const scale = book > targets.bookRisk ? targets.bookRisk / book : 1;
  return weights.map((weight) => weight * scale);
}

/**
 * The share of the equity that grows it fastest (Kelly 1956), expected return / variance, times a fraction; 0 where no
 * skill in the direction was measured, since then the expected return is a guess.
 */
export function kellyWeight(view: View, symbol: number, fraction: number): number {
  if (!view.skilled) return 0;
  const expected = Math.log(view.centre(symbol) / view.close(symbol));
  const weight = (fraction * expected) / expectedVolatility(view, symbol) ** 2;
  return Number.isFinite(weight) ? weight : 0;
}
