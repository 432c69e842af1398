import type { MarketState } from './market-state.ts';
import { ExponentialMean } from './operators/exponential-mean.ts';
import { History } from './operators/history.ts';
import { RollingMean } from './operators/rolling-mean.ts';
import { RollingPair } from './operators/rolling-pair.ts';
import { RollingVariance } from './operators/rolling-variance.ts';
import type { SymbolBar } from './symbol-bar.ts';

/** What the bars of one symbol so far leave behind. A session without a bar leaves it as it is. */
export class SymbolHistory {
  #previousClose = NaN;
  #logVariance = NaN;
  readonly #logCloses = new History(121);
  readonly #volatility5 = new RollingVariance(5);
  readonly #volatility20 = new RollingVariance(20);
  readonly #volatility60 = new RollingVariance(60);
  readonly #variance = new ExponentialMean(0.94);
  readonly #rangeVariance = new ExponentialMean(0.94);
  readonly #meanVolume5 = new RollingMean(5);
  readonly #meanVolume20 = new RollingMean(20);
  readonly #meanVolume60 = new RollingMean(60);
  readonly #againstMarket = new RollingPair(60);

  /** Takes the next bar, whose prices and volume are set, and sets the rest of it but for what the market says. */
  push(bar: SymbolBar): void {
    const { close, volume } = bar;
    bar.previousClose = this.#previousClose;
    this.#previousClose = close;
    bar.turnover = close * volume;
    bar.logVolume = volume > 0 ? Math.log(volume) : NaN;
    bar.meanVolume5 = this.#meanVolume5.push(volume);
    bar.meanVolume20 = this.#meanVolume20.push(volume);
    bar.meanVolume60 = this.#meanVolume60.push(volume);
    bar.logMeanVolume5 = Math.log(bar.meanVolume5);
    bar.logMeanVolume20 = Math.log(bar.meanVolume20);
    bar.logMeanVolume60 = Math.log(bar.meanVolume60);
    bar.logOpen = Math.log(bar.open);
    bar.logHigh = Math.log(bar.high);
    bar.logLow = Math.log(bar.low);
    bar.logClose = Math.log(close);
    this.#pushReturns(bar);
    this.#pushVariance(bar);
    this.#pushRange(bar);
  }

  /** Sets what the market, moved to the session of the newest bar, says of it. */
  pushMarket(bar: SymbolBar, market: MarketState): void {
    bar.excessReturn1 = bar.return1 - market.return1;
    bar.excessReturn5 = bar.return5 - market.return5;
    bar.excessReturn20 = bar.return20 - market.return20;
    bar.excessLogRangeVariance = bar.logRangeVariance - market.logRangeVariance;
    this.#againstMarket.push(bar.return1, market.return1);
    bar.marketSlope = this.#againstMarket.slope;
    bar.marketResidualVariance = this.#againstMarket.residualVariance;
    bar.marketCorrelation = this.#againstMarket.correlation;
  }

  #pushReturns(bar: SymbolBar): void {
    const closes = this.#logCloses;
    const { logOpen, logClose } = bar;
    bar.overnight = logOpen - closes.before(0);
    bar.intraday = logClose - logOpen;
    closes.push(logClose);
    bar.return1 = logClose - closes.before(1);
    bar.return2 = logClose - closes.before(2);
    bar.return3 = logClose - closes.before(3);
    bar.return5 = logClose - closes.before(5);
    bar.return10 = logClose - closes.before(10);
    bar.return20 = logClose - closes.before(20);
    bar.return60 = logClose - closes.before(60);
    bar.return120 = logClose - closes.before(120);
  }

  #pushVariance(bar: SymbolBar): void {
    const { return1 } = bar;
    bar.deviation5 = this.#volatility5.push(return1);
    bar.deviation20 = this.#volatility20.push(return1);
    bar.deviation60 = this.#volatility60.push(return1);
    bar.previousVariance = this.#variance.value;
    bar.previousLogVariance = this.#logVariance;
    bar.variance = this.#variance.push(return1 * return1);
    bar.logVariance = Math.log(bar.variance);
    this.#logVariance = bar.logVariance;
  }

  #pushRange(bar: SymbolBar): void {
    const { high, low, logOpen, logHigh, logLow, logClose, previousClose } = bar;
    bar.logRange = logHigh - logLow;
    bar.trueRange = Math.max(high - low, Math.abs(high - previousClose), Math.abs(low - previousClose));
    const squaredRange = bar.logRange * bar.logRange;
    bar.parkinson = squaredRange / (4 * Math.LN2);
    bar.garmanKlass = squaredRange / 2 - (2 * Math.LN2 - 1) * bar.intraday * bar.intraday;
    bar.rogersSatchell = (logHigh - logClose) * (logHigh - logOpen) + (logLow - logClose) * (logLow - logOpen);
    bar.rangeVariance = this.#rangeVariance.push(bar.parkinson);
    bar.logRangeVariance = Math.log(bar.rangeVariance);
  }
}
