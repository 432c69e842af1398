import { FeatureStream, type SessionBars } from '@daytrade/series';
import { fallColumns } from '../members/fall-widening.ts';
import { knownMean } from '../members/session-values.ts';
import { type SessionColumns, shared } from './column-set.ts';

/** Mornings whose mean the VIX is compared with. */
const usualMornings = 60;

/**
 * Columns of 08:30 about the size of the next move: the market's moves of the last session and weeks, and the VIX
 * against its mean of the last mornings. Missing values stand for their training mean.
 */
export class MorningColumns {
  readonly #symbols: number;
  readonly #features: FeatureStream;
  /** ln of the VIX on the last mornings, NaN where it was not known. */
  readonly #vix: number[] = [];

  /** @param symbols how many there are */
  constructor(symbols: number) {
    this.#symbols = symbols;
    this.#features = new FeatureStream(symbols, fallColumns);
  }

  /**
   * Takes the bars of a session that has ended, and says what is known at 08:30 of the next.
   *
   * @param vix as it stands then; NaN where it is not known
   */
  push(bars: SessionBars, vix: number): SessionColumns {
    const { names, rows, values } = this.#features.push(bars);
    const evening = names.map((name, f) => [name, values.subarray(f * rows, (f + 1) * rows)] as const);
    const now = Math.log(vix);
    const before = this.#vix.at(-1) ?? NaN;
    this.#vix.push(now);
    if (this.#vix.length > usualMornings) this.#vix.shift();
    return {
      ...Object.fromEntries(evening),
      vix_change: shared(this.#symbols, now - before),
      vix_above_usual: shared(this.#symbols, now - knownMean(Float64Array.from(this.#vix))),
    };
  }
}
