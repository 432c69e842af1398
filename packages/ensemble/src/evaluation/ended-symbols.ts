import type { Panel } from '@daytrade/series';

/** Sessions that a symbol may have been without a trade and still count as listed. */
const longestHalt = 5;

/**
 * How many symbols of a panel have bars that end more than 5 sessions before the panel does. Where it is none of many,
 * the companies that were delisted or merged are missing, and every figure is one of survivors.
 */
export function endedSymbols({ symbols, days, close }: Panel): number {
  const recent = Math.max(0, days.length - 1 - longestHalt) * symbols.length;
  return symbols.filter((_, s) => {
    for (let row = recent + s; row < close.length; row += symbols.length) {
      if (Number.isFinite(close[row]!)) return false;
    }
    return true;
  }).length;
}
