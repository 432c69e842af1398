import type { SessionIndex } from '@daytrade/series';
import { EwmaScale } from '../intervals/ewma-scale.ts';
import type { InDayBars } from './in-day-bars.ts';
import { bounded } from './session-columns.ts';

/** Decays a session of the range variances: about three days, ten and thirty. */
const rangeDecays = [0.7, 0.9, 0.97] as const;

/** Decay a session of the beta to the session in America: about fifty sessions. */
const betaDecay = 0.98;

/** Variance per squared range of a random walk, 1 / (4 ln 2) (Parkinson 1980). */
const rangeVariance = 1 / (4 * Math.LN2);

/** Statistics of the finished sessions of one symbol. */
export class SymbolDays {
  /** Close of the newest session that it traded in. */
  close = NaN;
  /** Yen that are expected to go from the price on the next session; 0 unless it is an ex-day. */
  expectedDividend = 0;
  /** Log return of the newest session, close to close; NaN where it did not trade. */
  lastReturn = NaN;
  /** ln(high / low) of the newest session; NaN where it did not trade. */
  lastRange = NaN;
  /** Place of the newest close in its day's range: -0.5 at the low, 0.5 at the high. */
  lastLocation = NaN;
  /** Scale of returns from the open to the close. */
  readonly #within = new EwmaScale();
  /** Scale of returns from close to close. */
  readonly #whole = new EwmaScale();
  /** Scale of returns from a close to the next open. */
  readonly #night = new EwmaScale();
  readonly #ranges = rangeDecays.map((decay) => new DecayedMean(decay));
  readonly #followed: Readonly<Record<keyof Abroad, Following>> = {
    america: new Following(),
    vix: new Following(),
  };

  /** Takes the bar of the next session, NaN without one. */
  push(open: number, high: number, low: number, close: number, abroad: Abroad): void {
    this.lastReturn = Math.log(close / this.close);
    this.lastRange = Math.log(high / low);
    this.lastLocation = NaN;
    if (Number.isNaN(close)) return;
    const night = Math.log(open / this.close);
    // The opening price contains America's move: later prices would only add noise to the slope.
    this.#followed.america.observe(night / this.whole, abroad.america);
    this.#followed.vix.observe(night / this.whole, abroad.vix);
    this.lastLocation = high > low ? (close - low) / (high - low) - 0.5 : 0;
    this.#within.observe(Math.log(close / open));
    this.#whole.observe(this.lastReturn);
    this.#night.observe(night);
    for (const range of this.#ranges) range.observe(rangeVariance * this.lastRange ** 2);
    this.close = close;
  }

  /** Takes a dividend out of the close: returns of the session that comes, an ex-day, have it added back. */
  goEx(yen: number): void {
    this.close -= yen;
  }

  /** Reference price of the next session: the close, on an ex-day less the expected dividend. */
  get base(): number {
    return this.close - this.expectedDividend;
  }

  get within(): number {
    return this.#within.value;
  }

  get whole(): number {
    return this.#whole.value;
  }

  get night(): number {
    return this.#night.value;
  }

  /** Returns the symbol's beta on a move in America, both in units of their scales. */
  beta(of: keyof Abroad): number {
    return this.#followed[of].beta;
  }

  /** Scale of a day from the ranges, with the decay of place `i`. */
  range(i: number): number {
    return Math.sqrt(this.#ranges[i]!.value);
  }
}

/** The exponentially weighted slope of a symbol's returns to the open on what America did in the nights before. */
class Following {
  readonly #products = new DecayedMean(betaDecay);
  readonly #squares = new DecayedMean(betaDecay);

  get beta(): number {
    return this.#products.value / this.#squares.value;
  }

  observe(scaledReturn: number, night: number): void {
    const product = scaledReturn * night;
    if (!Number.isFinite(product)) return;
    this.#products.observe(product);
    this.#squares.observe(night ** 2);
  }
}

/** Mean with weights that fall by a factor a step. */
class DecayedMean {
  readonly #decay: number;
  #sum = 0;
  #weight = 0;

  constructor(decay: number) {
    this.#decay = decay;
  }

  get value(): number {
    return this.#sum / this.#weight;
  }

  observe(value: number): void {
    this.#sum = this.#decay * this.#sum + value;
    this.#weight = this.#decay * this.#weight + 1;
  }
}

/** A night in America, each move in units of its own scale; NaN where it is not known. */
export interface Abroad {
  /** The return of its last session. */
  readonly america: number;
  /** The change of the logarithm of the VIX. */
  readonly vix: number;
}

/** The nights in America between the sessions of a panel, one after the other. */
export class NightsAbroad {
  readonly #overnight: InDayBars['overnight'];
  readonly #vix: InDayBars['vix'];
  readonly #scales = { america: new EwmaScale(), vix: new EwmaScale() };

  constructor({ overnight, vix }: Pick<InDayBars, 'overnight' | 'vix'>) {
    this.#overnight = overnight;
    this.#vix = vix;
  }

  /** The night after session `t`, in units of the scales before it. */
  after(t: SessionIndex): Abroad {
    const { america, vix } = this.#moves(t);
    return {
      america: bounded(america / this.#scales.america.value, 6),
      vix: bounded(vix / this.#scales.vix.value, 6),
    };
  }

  /** Takes the night after session `t`, which is over. */
  observe(t: SessionIndex): void {
    const { america, vix } = this.#moves(t);
    this.#scales.america.observe(america);
    this.#scales.vix.observe(vix);
  }

  #moves(t: SessionIndex): Abroad {
    return {
      america: this.#overnight?.[t] ?? NaN,
      vix: Math.log((this.#vix?.[t] ?? NaN) / (this.#vix?.[t - 1] ?? NaN)),
    };
  }
}
