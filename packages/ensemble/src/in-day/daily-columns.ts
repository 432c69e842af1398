import { knownMean, lessMean } from '../members/session-values.ts';
import { bounded, logRatio, logSize, type SessionColumns, shared } from './column-set.ts';
import type { SymbolDays } from './symbol-days.ts';

/**
 * What the finished sessions say about the size of the next move from the open, by symbol: logarithms relative to the
 * EWMA scale of returns from the open to the close.
 */
export function dailyScaleColumns(symbols: readonly SymbolDays[]): SessionColumns {
  const of = (value: (days: SymbolDays) => number) => Float64Array.from(symbols, value);
  const count = symbols.length;
  const lastRange = of((days) => logSize(days.lastRange / days.within));
  const fast = of((days) => logRatio(days.range(0), days.within));
  const lastReturn = of((days) => bounded(days.lastReturn / days.whole, 4));
  return {
    level: of((days) => Math.log(days.within)),
    range_fast: fast,
    range_middle: of((days) => logRatio(days.range(1), days.within)),
    range_slow: of((days) => logRatio(days.range(2), days.within)),
    whole_scale: of((days) => logRatio(days.whole, days.within)),
    night_scale: of((days) => logRatio(days.night, days.within)),
    last_range: lastRange,
    last_return: lastReturn,
    last_return_size: lastReturn.map(logSize),
    market_last_range: shared(count, knownMean(lastRange)),
    market_range_fast: shared(count, knownMean(fast)),
    market_last_return: shared(count, knownMean(lastReturn)),
  };
}

/** What the finished sessions say about which symbols rise against the others from the open on. */
export function dailyCentreColumns(symbols: readonly SymbolDays[]): SessionColumns {
  return {
    last_return_apart: lessMean(Float64Array.from(symbols, (days) => bounded(days.lastReturn / days.whole, 4))),
    close_location_apart: lessMean(Float64Array.from(symbols, (days) => days.lastLocation)),
  };
}
