import { sumOf } from '@daytrade/series';
import { RandomStream, VarianceProcess } from './random.ts';
import type { SessionSlots } from './session-slots.ts';

/** Known facts about a symbol before a session, from which the session is drawn. */
export interface SessionStart {
  /** Expected log return of the session. */
  readonly expected: number;
  /** Variance of the symbol's own part of that return. */
  readonly ownVariance: number;
  /** Logarithm of how much more than usual is traded. */
  readonly activity: number;
}

/** Constant traits of a symbol. */
export interface SymbolTraits {
  readonly beta: number;
  /** Shares on a usual session. */
  readonly baseVolume: number;
  readonly lot: number;
}

/** Degrees of freedom of the symbol's own return. */
const freedom = 5;

/**
 * Constants of the volume, chosen so that synthetic bars look like real ones: the spread of a session's logarithm, by
 * which it is lowered so that its mean stays near the usual one, the part of the volume without a move, what a move of
 * the symbol and of the market adds in deviations, and the range of a bar's own factor, whose mean is 1.
 */
const volumes = { spread: 0.25, lowered: 0.09, calm: 0.65, ownMove: 0.35, marketMove: 0.1, least: 0.6, range: 0.8 };

/**
 * The bars of one session of one symbol. Each value follows from what was known before its bar and from numbers of its
 * own, so that nothing in a bar says where later ones go: the day's bar is made of these, not the other way round.
 * Arrays hold one entry a bar of {@link SessionSlots}; prices are logarithms against the close before.
 */
export class SessionDraw {
  readonly open: Float64Array;
  readonly close: Float64Array;
  /** Shares, in whole lots; 0 without a trade. */
  readonly volume: Float64Array;
  /** The symbol's own part of the session's log return. */
  ownReturn = 0;
  /** Variance within each bar, of the symbol and the market together. */
  readonly #variance: Float64Array;
  /** Numbers in (0, 1) by which a bar has its extremes. */
  readonly #chanceOfHigh: Float64Array;
  readonly #chanceOfLow: Float64Array;

  constructor(slots: number) {
    this.open = new Float64Array(slots);
    this.close = new Float64Array(slots);
    this.volume = new Float64Array(slots);
    this.#variance = new Float64Array(slots);
    this.#chanceOfHigh = new Float64Array(slots);
    this.#chanceOfLow = new Float64Array(slots);
  }

  /** Draws a session in the place of the one before. */
  draw(slots: SessionSlots, start: SessionStart, traits: SymbolTraits, market: MarketStep, random: RandomStream): void {
    const { beta, lot } = traits;
    const ownVariance = start.ownVariance * random.studentVariance(freedom);
    const ownDeviation = Math.sqrt(ownVariance);
    const variance = beta ** 2 * market.drawnVariance + ownVariance;
    const usual = Math.exp(start.activity + volumes.spread * random.normal() - volumes.lowered) * traits.baseVolume;
    const deviation = Math.sqrt(beta ** 2 * market.variance + start.ownVariance);
    const marketDeviation = Math.sqrt(market.variance);
    const last = slots.volume.length - 1;
    let price = 0;
    let marketSoFar = 0;
    let ownReturn = 0;
    for (let k = 0; k <= last; k++) {
      const before = slots.varianceBefore[k]!;
      const within = slots.varianceWithin[k]!;
      const ownBefore = before === 0 ? 0 : ownDeviation * slots.deviationBefore[k]! * random.normal();
      const ownWithin = within === 0 ? 0 : ownDeviation * slots.deviationWithin[k]! * random.normal();
      this.open[k] = price + start.expected * before + beta * market.before[k]! + ownBefore;
      price = this.open[k]! + start.expected * within + beta * market.within[k]! + ownWithin;
      this.close[k] = price;
      ownReturn += ownBefore + ownWithin;
      this.#variance[k] = within * variance;
      this.#chanceOfHigh[k] = random.uniform();
      this.#chanceOfLow[k] = random.uniform();
      marketSoFar += market.before[k]! + market.within[k]!;
      const ownMove = (volumes.ownMove * Math.abs(price)) / deviation;
      const marketMove = (volumes.marketMove * Math.abs(marketSoFar)) / marketDeviation;
      const own = volumes.least + volumes.range * random.uniform();
      const shares = usual * slots.volume[k]! * (volumes.calm + (ownMove + marketMove)) * own;
      const fewest = k === 0 || k === last ? 1 : 0;
      this.volume[k] = Math.max(fewest, Math.round(shares / lot)) * lot;
    }
    this.ownReturn = ownReturn;
  }

  /** The highest price of a bar, by the law of the maximum of a Brownian motion whose ends are known. */
  high(k: number): number {
    const move = this.close[k]! - this.open[k]!;
    return this.open[k]! + (move + this.#reach(k, move, this.#chanceOfHigh)) / 2;
  }

  /** The lowest price of a bar. */
  low(k: number): number {
    const move = this.close[k]! - this.open[k]!;
    return this.open[k]! + (move - this.#reach(k, move, this.#chanceOfLow)) / 2;
  }

  /** Highest and lowest price and volume of the session. A bar too far from an extreme to have it is passed over. */
  day(): { readonly high: number; readonly low: number; readonly volume: number } {
    let high = -Infinity;
    let low = Infinity;
    let volume = 0;
    for (let k = 0; k < this.volume.length; k++) {
      if (this.volume[k] === 0) continue;
      volume += this.volume[k]!;
      const one = this.open[k]!;
      const other = this.close[k]!;
      const reach = farthest * Math.sqrt(this.#variance[k]!);
      if (Math.max(one, other) + reach >= high) high = Math.max(high, this.high(k));
      if (Math.min(one, other) - reach <= low) low = Math.min(low, this.low(k));
    }
    return { high, low, volume };
  }

  #reach(k: number, move: number, chances: Float64Array): number {
    const variance = this.#variance[k]!;
    return variance === 0 ? Math.abs(move) : Math.sqrt(move * move - 2 * variance * Math.log(chances[k]!));
  }
}

/**
 * Deviations that an extreme of a bar lies beyond both of its ends at most: with the smallest number that there is,
 * 2^-33, the square root of half of 33 ln 2.
 */
const farthest = Math.sqrt((33 * Math.LN2) / 2);

/** One session of the factor that moves all symbols. */
interface MarketStep {
  /** Variance of the session's return as it was known before the session. */
  readonly variance: number;
  /** Variance that the session had: by it tails are fat. */
  readonly drawnVariance: number;
  /** Log return before each bar of the session. */
  readonly before: Float64Array;
  /** Log return within each bar. */
  readonly within: Float64Array;
}

/** Degrees of freedom of the session's return. */
const marketFreedom = 6;

/**
 * The path of the market, made bar by bar on a stream of its own; a longer path begins with the shorter one.
 *
 * A session's variance is drawn before its first bar, then its bars are independent and normal: the return of the
 * session has Student's t distribution, and no bar says which way the next ones go.
 */
export class MarketFactor {
  readonly #random: RandomStream;
  readonly #slotsOf: (session: number) => SessionSlots;
  readonly #process = new VarianceProcess({ deviation: 0.0115, reaction: 0.03, leverage: 0.14, memory: 0.88 });
  readonly #steps: MarketStep[] = [];

  /** @param slotsOf bars of a session, counted from 0 */
  constructor(seed: number, slotsOf: (session: number) => SessionSlots) {
    this.#random = new RandomStream(`${seed}/market`);
    this.#slotsOf = slotsOf;
  }

  /** Session `k` of the path, counted from 0. */
  at(k: number): MarketStep {
    while (this.#steps.length <= k) this.#advance();
    return this.#steps[k]!;
  }

  #advance(): void {
    const { variance } = this.#process;
    const random = this.#random;
    const drawnVariance = variance * random.studentVariance(marketFreedom);
    const { varianceBefore, varianceWithin } = this.#slotsOf(this.#steps.length);
    const move = (share: number) => (share === 0 ? 0 : Math.sqrt(share * drawnVariance) * random.normal());
    const before = varianceBefore.map(move);
    const within = varianceWithin.map(move);
    this.#process.push(sumOf(before) + sumOf(within));
    this.#steps.push({ variance, drawnVariance, before, within });
  }
}
