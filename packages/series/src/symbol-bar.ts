import { ExponentialMean } from './operators/exponential-mean.ts';
import { History } from './operators/history.ts';
import { RollingMean } from './operators/rolling-mean.ts';
import { RollingPair } from './operators/rolling-pair.ts';
import { RollingVariance } from './operators/rolling-variance.ts';

/** Longest horizon of a return, in sessions. */
const longestReturn = 120;

/**
 * The newest bar of one symbol and what several features need of it and of the bars before: computed once a bar here, read by the
 * features' machines. A session without a bar leaves everything as it is.
 *
 * Range variances of one day: Parkinson 1980, Garman & Klass 1980, Rogers & Satchell 1991.
 */
export class SymbolBar {
  open = NaN;
  high = NaN;
  low = NaN;
  close = NaN;
  volume = NaN;
  /** Close times volume: yen traded, but for the day's average price. */
  turnover = NaN;
  previousClose = NaN;
  /** ln(C[t] / C[t-1]), where t-1 is the symbol's bar before. */
  return1 = NaN;
  return5 = NaN;
  return20 = NaN;
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
  /** EWMA variance at decay 0.94 up to the bar before. */
  previousVariance = NaN;

  readonly volatility5 = new RollingVariance(5);
  readonly volatility20 = new RollingVariance(20);
  readonly volatility60 = new RollingVariance(60);
  /** EWMA of squared returns at decay 0.94 (RiskMetrics 1996). */
  readonly variance = new ExponentialMean(0.94);
  readonly rangeVariance = new ExponentialMean(0.94);
  readonly meanVolume5 = new RollingMean(5);
  readonly meanVolume20 = new RollingMean(20);
  readonly meanVolume60 = new RollingMean(60);
  /** Returns of the symbol (x) and of the market (y) over 60 bars. */
  readonly againstMarket = new RollingPair(60);
  readonly #closes = new History(longestReturn + 1);

  /** ln(C[t] / C[t - sessions]) over the symbol's bars; NaN when there are too few, or beyond 120. */
  returnOver(sessions: number): number {
    return Math.log(this.close / this.#closes.before(sessions));
  }

  push(open: number, high: number, low: number, close: number, volume: number): void {
    this.previousClose = this.close;
    this.open = open;
    this.high = high;
    this.low = low;
    this.close = close;
    this.volume = volume;
    this.turnover = close * volume;
    this.logVolume = volume > 0 ? Math.log(volume) : NaN;
    this.#pushReturns();
    this.#pushRange();
    this.meanVolume5.push(volume);
    this.meanVolume20.push(volume);
    this.meanVolume60.push(volume);
  }

  /** Takes what the market did in the session of the newest bar. */
  pushMarketReturn(marketReturn: number): void {
    this.againstMarket.push(this.return1, marketReturn);
  }

  #pushReturns(): void {
    this.#closes.push(this.close);
    this.return1 = this.returnOver(1);
    this.return5 = this.returnOver(5);
    this.return20 = this.returnOver(20);
    this.overnight = Math.log(this.open / this.previousClose);
    this.intraday = Math.log(this.close / this.open);
    this.volatility5.push(this.return1);
    this.volatility20.push(this.return1);
    this.volatility60.push(this.return1);
    this.previousVariance = this.variance.value;
    this.variance.push(this.return1 * this.return1);
  }

  #pushRange(): void {
    const { open, high, low, close, previousClose } = this;
    this.logRange = Math.log(high / low);
    this.trueRange = Math.max(high - low, Math.abs(high - previousClose), Math.abs(low - previousClose));
    const squaredRange = this.logRange * this.logRange;
    this.parkinson = squaredRange / (4 * Math.LN2);
    this.garmanKlass = squaredRange / 2 - (2 * Math.LN2 - 1) * this.intraday * this.intraday;
    this.rogersSatchell = Math.log(high / close) * Math.log(high / open) + Math.log(low / close) * Math.log(low / open);
    this.rangeVariance.push(this.parkinson);
  }
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
