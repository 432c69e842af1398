import { roundToTick } from '@daytrade/market';
import type { View } from '../backtest/view.ts';

/** Half of a 93 % interval of the normal distribution, in deviations. */
const halfWidth = 1.8119106729525978;

/** Returns the deviation of the coming return: that of the published interval, else that of the past. */
export function expectedVolatility(view: View, symbol: number): number {
  const width = Math.log(view.upper(symbol) / view.lower(symbol));
  return width > 0 ? width / (2 * halfWidth) : view.pastVolatility(symbol);
}

/** Returns the `most` members with the largest mean turnover among those that traded in the last session. */
export function mostTraded(view: View, most: number): readonly number[] {
  const turnovers: (readonly [symbol: number, turnover: number])[] = [];
  for (let symbol = 0; symbol < view.symbols; symbol += 1) {
    const turnover = view.close(symbol) * view.meanVolume(symbol);
    if (turnover > 0 && view.isMember(symbol)) turnovers.push([symbol, turnover]);
  }
  turnovers.sort(([one, a], [other, b]) => b - a || one - other);
  return turnovers.slice(0, most).map(([symbol]) => symbol);
}

/** Returns the shares, in whole lots, that an amount buys at the last close. */
export function sharesFor(view: View, symbol: number, yen: number): number {
  const lot = view.lot(symbol);
  const lots = Math.floor(yen / (view.close(symbol) * lot));
  return lots > 0 ? lots * lot : 0;
}

/** Returns a price that an order may have: within the daily limits, and on the grid where prices are as traded. */
export function onGrid(view: View, symbol: number, price: number, rounding: 'down' | 'up'): number {
  const within = Math.min(view.upperLimit(symbol), Math.max(view.lowerLimit(symbol), price));
  return view.isTraded(symbol) && within > 0 ? roundToTick(within, view.tickTable(symbol), rounding) : within;
}

/** Returns the largest loss of a position in 96.5 of 100 sessions, as a share of it: half of its 93 % interval. */
function valueAtRisk(view: View, symbol: number): number {
  const byInterval = 1 - view.lower(symbol) / view.close(symbol);
  return byInterval > 0 ? byInterval : 1 - Math.exp(-halfWidth * expectedVolatility(view, symbol));
}

/** Targets of position sizes, as shares of the equity. */
interface SizeTargets {
  /** Deviation of each position's daily profit. */
  readonly volatility: number;
  readonly positionRisk: number;
  /** Highest value at risk of all positions together. */
  readonly bookRisk: number;
}

/**
 * Returns the weight of each symbol in the equity: the same volatility in each, within the value at risk of a position,
 * and scaled down to the value at risk of the book.
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
