import { change, exponentialMean, lag, rollingLargest } from './operators.ts';
import { Series } from './series.ts';

// The bar of a symbol, and what several features make of it. A logarithm costs as much as a window: ratios are
// differences of these.

export const open = new Series('open', [], undefined);
export const high = new Series('high', [], undefined);
export const low = new Series('low', [], undefined);
export const close = new Series('close', [], undefined);
export const volume = new Series('volume', [], undefined);

export const logOpen = open.log();
export const logHigh = high.log();
export const logLow = low.log();
export const logClose = close.log();
export const logVolume = volume.log();

export const previousClose = lag(close, 1);
export const intraday = logClose.minus(logOpen);
export const logRange = logHigh.minus(logLow);

export const overnightGap = logOpen.minus(lag(logClose, 1));
/** 0 at the low, 1 at the high. */
export const closeLocation = close.minus(low).over(high.minus(low));

/** ln(close / highest high of some bars), at most 0. */
export function highDistance(bars: number): Series {
  return logClose.minus(rollingLargest(logHigh, bars));
}

/** ln(C[t] / C[t-n]), where t-n is the symbol's n-th bar before. */
export function returnOver(bars: number): Series {
  return change(logClose, bars);
}

export const return1 = returnOver(1);

/** The largest |return| of 20 bars. */
export const largestMove20 = rollingLargest(return1.absolute(), 20);

/** EWMA of squared returns at decay 0.94 (RiskMetrics 1996). */
export const variance = exponentialMean(return1.squared(), 0.94);

/** Variance of one day from its range (Parkinson 1980). */
export const parkinson = logRange.squared().times(1 / (4 * Math.LN2));
export const rangeVariance = exponentialMean(parkinson, 0.94);
