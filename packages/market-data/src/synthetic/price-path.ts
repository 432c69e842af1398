import { type PriceLimitBand, priceLimitBand, roundToTick, type TickTable } from '@daytrade/market';
import type { SyntheticSymbol } from './company-register.ts';
import type { MarketFactor, MarketStep } from './market-factor.ts';
import { RandomStream } from './random-stream.ts';
import { VarianceProcess } from './variance-process.ts';
import { weakSignal } from './weak-signal.ts';

/** Log return a session that every symbol has on average: about 2.5 % a year. */
const drift = 1e-4;

/**
 * Weight of the signal against the deviation of the symbol's own return, chosen so that the ideal prediction has the
 * documented information coefficient (`synthetic-statistics.test.ts` measures it). It is a little more than that: the
 * cut of outliers leaves the signal with less than unit variance.
 */
const signalStrength = 0.053;

/** Share of a session's variance that comes overnight. */
const overnightShare = 0.35;

/** Chance that a symbol does not trade on a session. */
const haltChance = 1 / 5000;

/** Prices of one session in yen, before they are put on the grid. */
interface RawBar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/**
 * The bars of one symbol, made session by session: `beta * market + own`, both with clustered variance and fat tails,
 * the own part with the weak signal of the bar before in it. Arrays hold one entry a bar; a halted session has none.
 */
export class PricePath {
  readonly session: number[] = [];
  readonly open: number[] = [];
  readonly high: number[] = [];
  readonly low: number[] = [];
  readonly close: number[] = [];
  readonly volume: number[] = [];
  /** Expected log return of the session after the bar, given all bars so far. */
  readonly expected: number[] = [];

  readonly #symbol: SyntheticSymbol;
  readonly #market: MarketFactor;
  readonly #random: RandomStream;
  readonly #own: VarianceProcess;
  readonly #beta: number;
  readonly #baseVolume: number;
  #activity = 0;
  #price: number;
  #sessions = 0;

  constructor(seed: number, symbol: SyntheticSymbol, market: MarketFactor) {
    this.#symbol = symbol;
    this.#market = market;
    this.#random = new RandomStream(`${seed}/bars/${symbol.symbol}`);
    const random = this.#random;
    this.#beta = 0.7 + 0.6 * random.uniform();
    this.#own = new VarianceProcess({
      deviation: 0.011 + 0.008 * random.uniform(),
      reaction: 0.06,
      leverage: 0.04,
      memory: 0.9,
    });
    this.#baseVolume = symbol.sharesOutstanding * (0.003 + 0.004 * random.uniform());
    this.#price = roundToTick(400 * 25 ** random.uniform(), symbol.tickTable, 'nearest');
  }

  /** Makes the path at least that many sessions long. */
  extend(sessions: number): void {
    while (this.#sessions < sessions) this.#advance();
  }

  #advance(): void {
    const session = this.#sessions++;
    const market = this.#market.at(session);
    const own = Math.sqrt(this.#own.variance) * this.#random.studentT(5);
    const variance = this.#beta ** 2 * market.variance + this.#own.variance;
    const value = (this.expected.at(-1) ?? drift) + this.#beta * market.value + own;
    const bar = this.#rawBar(value, variance);
    const volume = this.#nextVolume(value, variance, market);
    this.#own.push(own);
    if (this.#random.uniform() < haltChance) return;
    this.#append(session, bar, volume);
  }

  /**
   * A path through the session with the given return: overnight and intraday moves are uncorrelated, and the extremes
   * follow the law of the maximum of a Brownian bridge between open and close.
   */
  #rawBar(value: number, variance: number): RawBar {
    const random = this.#random;
    const gapNoise = Math.sqrt(overnightShare * (1 - overnightShare) * variance) * random.normal();
    const gap = overnightShare * value + gapNoise;
    const intraday = value - gap;
    const spread = 2 * (1 - overnightShare) * variance;
    const rise = (intraday + Math.sqrt(intraday ** 2 - spread * Math.log(random.uniform()))) / 2;
    const fall = (intraday - Math.sqrt(intraday ** 2 - spread * Math.log(random.uniform()))) / 2;
    const open = this.#price * Math.exp(gap);
    return { open, high: open * Math.exp(rise), low: open * Math.exp(fall), close: this.#price * Math.exp(value) };
  }

  /** Shares in whole lots: a persistent activity of the symbol, more on sessions that move. */
  #nextVolume(value: number, variance: number, market: MarketStep): number {
    this.#activity = 0.85 * this.#activity + 0.2 * this.#random.normal();
    const surprise = Math.abs(value) / Math.sqrt(variance) - 0.75;
    const marketSurprise = Math.abs(market.value) / Math.sqrt(market.variance) - 0.75;
    const logFactor = this.#activity + 0.3 * surprise + 0.1 * marketSurprise + 0.25 * this.#random.normal() - 0.15;
    const { lot } = this.#symbol;
    return Math.max(1, Math.round((this.#baseVolume * Math.exp(logFactor)) / lot)) * lot;
  }

  #append(session: number, raw: RawBar, volume: number): void {
    const { tickTable } = this.#symbol;
    const band = priceLimitBand(this.#price, tickTable);
    const open = onGrid(raw.open, tickTable, band);
    const close = onGrid(raw.close, tickTable, band);
    this.session.push(session);
    this.open.push(open);
    this.high.push(Math.max(open, close, onGrid(raw.high, tickTable, band)));
    this.low.push(Math.min(open, close, onGrid(raw.low, tickTable, band)));
    this.close.push(close);
    this.volume.push(volume);
    this.#price = close;
    const signal = weakSignal(this.close, this.volume, this.close.length - 1);
    this.expected.push(drift + signalStrength * signal * Math.sqrt(this.#own.variance));
  }
}

/** The nearest price that exists, held inside the day's limits, whose bounds exist too. */
function onGrid(yen: number, table: TickTable, band: PriceLimitBand): number {
  return Math.min(band.upper, Math.max(band.lower, roundToTick(Math.max(yen, band.lower), table, 'nearest')));
}
