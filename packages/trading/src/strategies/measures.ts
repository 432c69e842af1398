import type { View } from '../backtest/view.ts';

/** Half of a 93 % interval of the normal distribution, in deviations. */
export const halfWidth = 1.8119106729525978;

/** Deviation of the coming return: of the published interval, and of the past where there is none. */
export function expectedVolatility(view: View, symbol: number): number {
  const width = Math.log(view.upper(symbol) / view.lower(symbol));
  return width > 0 ? width / (2 * halfWidth) : view.pastVolatility(symbol);
}

/** The `most` members with the largest mean turnover among those that traded in the last session. */
export function mostTraded(view: View, most: number): readonly number[] {
  const turnovers: (readonly [symbol: number, turnover: number])[] = [];
  for (let symbol = 0; symbol < view.symbols; symbol += 1) {
    const turnover = view.close(symbol) * view.meanVolume(symbol);
    if (turnover > 0 && view.isMember(symbol)) turnovers.push([symbol, turnover]);
  }
  turnovers.sort(([one, a], [other, b]) => b - a || one - other);
  return turnovers.slice(0, most).map(([symbol]) => symbol);
}

/** As many shares, in whole lots, as an amount buys at the last close. */
export function sharesFor(view: View, symbol: number, yen: number): number {
  const lot = view.lot(symbol);
  const lots = Math.floor(yen / (view.close(symbol) * lot));
  return lots > 0 ? lots * lot : 0;
}
