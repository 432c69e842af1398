/**
 * A bar of one symbol and what several features need of it and of the bars before: computed once a bar by `SymbolHistory`, read by
 * the features' machines. Plain numbers, so that the bars of several sessions can stand side by side.
 * A logarithm costs as much as a window: ratios are differences of the few taken here.
 *
 * Range variances of one day: Parkinson 1980, Garman & Klass 1980, Rogers & Satchell 1991.
 */
export class SymbolBar {
  /** False at a session without a bar: nothing else here means anything then. */
  present = false;
  open = NaN;
  high = NaN;
  low = NaN;
  close = NaN;
  volume = NaN;
  /** Close times volume: yen traded, but for the day's average price. */
  turnover = NaN;
  previousClose = NaN;
  logOpen = NaN;
  logHigh = NaN;
  logLow = NaN;
  logClose = NaN;
  /** ln(C[t] / C[t-1]), where t-1 is the symbol's bar before. */
  return1 = NaN;
  return2 = NaN;
  return3 = NaN;
  return5 = NaN;
  return10 = NaN;
  return20 = NaN;
  return60 = NaN;
  return120 = NaN;
  overnight = NaN;
  intraday = NaN;
  logRange = NaN;
  /** Yen: the largest of high - low, |high - previous close|, |low - previous close|. */
  trueRange = NaN;
  parkinson = NaN;
  garmanKlass = NaN;
  rogersSatchell = NaN;
  /** ln(volume); NaN without volume. */
  logVolume = NaN;
  /** Deviation of return1 over 5 bars. */
  deviation5 = NaN;
  deviation20 = NaN;
  deviation60 = NaN;
  /** EWMA of squared returns at decay 0.94 (RiskMetrics 1996). */
  variance = NaN;
  logVariance = NaN;
  /** `variance` and its logarithm up to the bar before. */
  previousVariance = NaN;
  previousLogVariance = NaN;
  /** EWMA of `parkinson` at decay 0.94. */
  rangeVariance = NaN;
  logRangeVariance = NaN;
  meanVolume5 = NaN;
  meanVolume20 = NaN;
  meanVolume60 = NaN;
  logMeanVolume5 = NaN;
  logMeanVolume20 = NaN;
  logMeanVolume60 = NaN;
  /** return1, return5, return20 and logRangeVariance less the market's. */
  excessReturn1 = NaN;
  excessReturn5 = NaN;
  excessReturn20 = NaN;
  excessLogRangeVariance = NaN;
  /** Regression of return1 on the market's over 60 bars. */
  marketSlope = NaN;
  marketResidualVariance = NaN;
  marketCorrelation = NaN;
}

/** True for five numbers that are a bar: positive prices and a volume that is not negative, all finite. */
export function isBar(open: number, high: number, low: number, close: number, volume: number): boolean {
  return (
    open > 0 &&
    high > 0 &&
    low > 0 &&
    close > 0 &&
    volume >= 0 &&
    open < Infinity &&
    high < Infinity &&
    low < Infinity &&
    close < Infinity &&
    volume < Infinity
  );
}
