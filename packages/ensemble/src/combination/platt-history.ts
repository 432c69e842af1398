import { fitPlatt, type PlattParameters, plattProbability, uninformedPlatt } from './platt-calibration.ts';

/** Sessions between two calibrations. */
const refitEvery = 20;

/** Calibrates scores in time order: a probability uses only outcomes that were shown before. */
export class PlattHistory {
  readonly #scores: number[] = [];
  readonly #rose: number[] = [];
  #sessions = 0;
  #parameters = uninformedPlatt;

  probability(score: number): number {
    return plattProbability(this.#parameters, score);
  }

  /**
   * Takes the outcomes of one session. An unchanged close is neither up nor down and is left out.
   *
   * @param outcome next log return by symbol, NaN where there is none
   */
  observe(scores: Float64Array, outcome: Float64Array): void {
    for (let s = 0; s < outcome.length; s += 1) {
      if (!(Math.abs(outcome[s]!) > 0) || Number.isNaN(scores[s]!)) continue;
      this.#scores.push(scores[s]!);
      this.#rose.push(outcome[s]! > 0 ? 1 : 0);
    }
    this.#sessions += 1;
    if (this.#sessions % refitEvery === 0) this.#parameters = fitPlatt(this.#scores, this.#rose);
  }

  /** Parameters from everything that was shown. */
  parameters(): PlattParameters {
    return fitPlatt(this.#scores, this.#rose);
  }
}
