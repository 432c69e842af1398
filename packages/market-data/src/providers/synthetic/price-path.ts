import { type PriceLimitBand, priceLimitBand, roundToTick, type TickTable } from '@daytrade/market';
import { resultsMove, type SyntheticSymbol } from './companies.ts';
import { RandomStream, VarianceProcess } from './random.ts';
import { type MarketFactor, SessionDraw, type SessionStart, type SymbolTraits } from './session-draw.ts';
import { type SessionSlots, slotMilliseconds } from './session-slots.ts';

/** Log return a session that every symbol has on average: about 2.5 % a year. */
const drift = 1e-4;

/**
 * Weight of the signal against the deviation of the symbol's own return, chosen so that the ideal prediction has the
 * documented information coefficient (`synthetic-statistics.test.ts` measures it). It is a little more than that: the
 * cut of outliers leaves the signal with less than unit variance.
 */
const signalStrength = 0.053;

const haltChance = 1 / 5000;

/** Start of a session, from which its bars can be drawn again. */
interface Beginning extends SessionStart {
  /** The close before, yen. */
  readonly price: number;
  readonly isHalted: boolean;
}

/** Bars within a session, in columns of equal length; a bar without a trade is left out. */
interface BarsWithin {
  /** Beginning of each, milliseconds after midnight in Japan. */
  readonly begins: number[];
  readonly open: number[];
  readonly high: number[];
  readonly low: number[];
  readonly close: number[];
  readonly volume: number[];
}

/**
 * The bars of one symbol, made session by session: `beta * market + own`, both with clustered variance and fat tails,
 * the own part with the weak signal of the bar before in it. A session is drawn 5 minutes by 5 minutes, and its daily
 * bar is what came of that; only the daily bars are kept. Arrays hold one entry a daily bar; a halted session has none.
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

  readonly #name: string;
  /** Random numbers of traits, activity and halts. */
  readonly #random: RandomStream;
  readonly #tickTable: TickTable;
  readonly #market: MarketFactor;
  readonly #slotsOf: (session: number) => SessionSlots;
  readonly #moved: ReadonlySet<number>;
  readonly #own: VarianceProcess;
  readonly #traits: SymbolTraits;
  readonly #beginnings: Beginning[] = [];
  /** The last session that was drawn; its arrays are used again. */
  #drawn = new SessionDraw(0);
  #activity = 0;
  #price: number;

  /** @param moved sessions that the company's results move */
  constructor(
    seed: number,
    symbol: SyntheticSymbol,
    market: MarketFactor,
    slotsOf: (session: number) => SessionSlots,
    moved: ReadonlySet<number>,
  ) {
    this.#moved = moved;
    this.#name = `${seed}/bars/${symbol.symbol}`;
    this.#tickTable = symbol.tickTable;
    this.#market = market;
    this.#slotsOf = slotsOf;
    const random = new RandomStream(this.#name);
    this.#random = random;
    const beta = 0.7 + 0.6 * random.uniform();
    this.#own = new VarianceProcess({
      deviation: 0.011 + 0.008 * random.uniform(),
      reaction: 0.06,
      leverage: 0.04,
      memory: 0.9,
    });
    const baseVolume = symbol.sharesOutstanding * (0.003 + 0.004 * random.uniform());
    this.#traits = { beta, baseVolume, lot: symbol.lot };
    this.#price = roundToTick(400 * 25 ** random.uniform(), symbol.tickTable, 'nearest');
  }

  /** Makes the path at least that many sessions long. */
  extend(sessions: number): void {
    while (this.#beginnings.length < sessions) this.#advance();
  }

  /** The 5-minute bars of a session of the path, up to those that end at a time of the day in milliseconds. */
  barsWithin(session: number, until: number): BarsWithin {
    const bars: BarsWithin = { begins: [], open: [], high: [], low: [], close: [], volume: [] };
    const beginning = this.#beginnings[session];
    if (beginning === undefined || beginning.isHalted) return bars;
    const { begins } = this.#slotsOf(session);
    const drawn = this.#draw(session, beginning);
    const { price } = beginning;
    const band = priceLimitBand(price, this.#tickTable);
    const yen = (log: number) => onGrid(price * Math.exp(log), this.#tickTable, band);
    for (let k = 0; k < begins.length && begins[k]! + slotMilliseconds <= until; k++) {
      if (drawn.volume[k] === 0) continue;
      bars.begins.push(begins[k]!);
      bars.open.push(yen(drawn.open[k]!));
      bars.high.push(yen(drawn.high(k)));
      bars.low.push(yen(drawn.low(k)));
      bars.close.push(yen(drawn.close[k]!));
      bars.volume.push(drawn.volume[k]!);
    }
    return bars;
  }

  #advance(): void {
    const session = this.#beginnings.length;
    const random = this.#random;
    this.#activity = 0.85 * this.#activity + 0.2 * random.normal();
    const beginning = {
      price: this.#price,
      expected: this.expected.at(-1) ?? drift,
      ownVariance: this.#own.variance,
      activity: this.#activity,
      isHalted: random.uniform() < haltChance,
    };
    this.#beginnings.push(beginning);
    const drawn = this.#draw(session, beginning);
    // Later sessions are as calm as without the results.
    this.#own.push(drawn.ownReturn / this.#moveOf(session));
    if (!beginning.isHalted) this.#append(session, drawn);
  }

  #moveOf(session: number): number {
    return this.#moved.has(session) ? resultsMove : 1;
  }

  #draw(session: number, beginning: Beginning): SessionDraw {
    const slots = this.#slotsOf(session);
    if (this.#drawn.volume.length !== slots.volume.length) this.#drawn = new SessionDraw(slots.volume.length);
    const random = new RandomStream(`${this.#name}/${session}`);
    const ownVariance = beginning.ownVariance * this.#moveOf(session) ** 2;
    this.#drawn.draw(slots, { ...beginning, ownVariance }, this.#traits, this.#market.at(session), random);
    return this.#drawn;
  }

  /** Rounding keeps the order of prices, so the rounded extremes are the extremes of what is rounded. */
  #append(session: number, drawn: SessionDraw): void {
    const price = this.#price;
    const band = priceLimitBand(price, this.#tickTable);
    const yen = (log: number) => onGrid(price * Math.exp(log), this.#tickTable, band);
    const { high, low, volume } = drawn.day();
    this.session.push(session);
    this.open.push(yen(drawn.open[0]!));
    this.high.push(yen(high));
    this.low.push(yen(low));
    this.close.push(yen(drawn.close.at(-1)!));
    this.volume.push(volume);
    this.#price = this.close.at(-1)!;
    const signal = weakSignal(this.close, this.volume, this.close.length - 1);
    this.expected.push(drift + signalStrength * signal * Math.sqrt(this.#own.variance));
  }
}

/** The nearest price that exists, held inside the day's limits, whose bounds exist too. */
function onGrid(yen: number, table: TickTable, band: PriceLimitBand): number {
  return Math.min(band.upper, Math.max(band.lower, roundToTick(Math.max(yen, band.lower), table, 'nearest')));
}

/** Bars that the signal looks back on; with fewer before it, it is 0. */
const window = 20;
const reversalBars = 5;
const outlier = 3;

/** Deviation of the logarithm of volume against its mean of 20 bars, as the synthetic exchange makes it. */
const volumeDeviation = 0.45;

/**
 * Returns the hidden signal of the synthetic exchange at bar `i`: a number of about unit variance from closes and
 * volumes up to `i`. A stock that fell over 5 bars, measured against the deviation of its last 20 returns, tends to
 * rise (short-term reversal, Jegadeesh 1990), and one with unusual volume too (Gervais, Kaniel & Mingelgrin 2001).
 *
 * @param closes yen, one a bar
 * @param volumes shares, one a bar, above 0
 */
function weakSignal(closes: readonly number[], volumes: readonly number[], i: number): number {
  if (i < window) return 0;
  let squares = 0;
  let logVolumes = 0;
  for (let k = i - window + 1; k <= i; k++) {
    squares += Math.log(closes[k]! / closes[k - 1]!) ** 2;
    logVolumes += Math.log(volumes[k]!);
  }
  const fiveBarDeviation = Math.sqrt((squares / window) * reversalBars);
  const move = Math.log(closes[i]! / closes[i - reversalBars]!);
  const reversal = fiveBarDeviation > 0 ? clamp(-move / fiveBarDeviation) : 0;
  const attention = clamp((Math.log(volumes[i]!) - logVolumes / window) / volumeDeviation);
  return (reversal + attention) * Math.SQRT1_2;
}

function clamp(value: number): number {
  return Math.max(-outlier, Math.min(outlier, value));
}
