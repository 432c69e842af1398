import { onSharedMemory } from '@daytrade/series';
import {
  type Calibration,
  type CalibrationKind,
  calibratedProbability,
  fitIsotonic,
  fitPlatt,
  type IsotonicParameters,
  uninformedPlatt,
} from './calibration.ts';

/** Sessions between two calibrations. */
const refitEvery = 20;

/** Held-out sessions before isotonic calibration may be chosen: it has many more parameters than Platt's two. */
const minimumSessions = 60;

/** The state of a calibration; plain data. */
export interface CalibrationState {
  readonly scores: Float64Array;
  /** 1 up, 0 down. */
  readonly rose: Uint8Array;
  /** Sums of squared held-out errors. */
  readonly errors: Readonly<Record<CalibrationKind, number>>;
  readonly heldOut: number;
  readonly heldOutSessions: number;
  readonly sessions: number;
  readonly platt: Calibration;
  /** Undefined before the first calibration. */
  readonly isotonic?: Calibration;
}

/**
 * Calibrates scores in time order: a probability uses only outcomes that were shown before. Platt's calibration and the
 * isotonic one both run; the one with the lower Brier score over the held-out outcomes so far is used, Platt's while
 * little is known.
 */
export class CalibrationHistory {
  readonly #scores: number[];
  readonly #rose: number[];
  /** The scores of what rose and of what fell, as many as the last isotonic calibration knew. */
  readonly #sorted = { rises: new SortedScores(), falls: new SortedScores(), count: 0 };
  readonly #errors: Record<CalibrationKind, number>;
  #heldOut: number;
  #heldOutSessions: number;
  #sessions: number;
  #platt: Calibration;
  #isotonic: Calibration | undefined;

  constructor(state?: CalibrationState) {
    this.#scores = [...(state?.scores ?? [])];
    this.#rose = [...(state?.rose ?? [])];
    this.#errors = { ...(state?.errors ?? { platt: 0, isotonic: 0 }) };
    this.#heldOut = state?.heldOut ?? 0;
    this.#heldOutSessions = state?.heldOutSessions ?? 0;
    this.#sessions = state?.sessions ?? 0;
    this.#platt = state?.platt ?? { kind: 'platt', parameters: uninformedPlatt };
    this.#isotonic = state?.isotonic;
  }

  probability(score: number): number {
    return calibratedProbability(this.kind === 'isotonic' && this.#isotonic ? this.#isotonic : this.#platt, score);
  }

  /** Which way is used now. */
  get kind(): CalibrationKind {
    if (this.#heldOutSessions < minimumSessions) return 'platt';
    return this.#errors.isotonic < this.#errors.platt ? 'isotonic' : 'platt';
  }

  /**
   * Takes the outcomes of one session. An unchanged close is neither up nor down and is left out.
   *
   * @param outcome next log return by symbol, NaN without one
   */
  observe(scores: Float64Array, outcome: Float64Array): void {
    for (let s = 0; s < outcome.length; s += 1) {
      if (!(Math.abs(outcome[s]!) > 0) || Number.isNaN(scores[s]!)) continue;
      const rose = outcome[s]! > 0 ? 1 : 0;
      this.#compare(scores[s]!, rose);
      this.#scores.push(scores[s]!);
      this.#rose.push(rose);
    }
    if (this.#isotonic) this.#heldOutSessions += 1;
    this.#sessions += 1;
    if (this.#sessions % refitEvery !== 0 || this.#scores.length === 0) return;
    this.#platt = this.#fit('platt');
    this.#isotonic = this.#fit('isotonic');
  }

  state(): CalibrationState {
    return {
      scores: onSharedMemory(Float64Array.from(this.#scores)),
      rose: Uint8Array.from(this.#rose),
      errors: { ...this.#errors },
      heldOut: this.#heldOut,
      heldOutSessions: this.#heldOutSessions,
      sessions: this.#sessions,
      platt: this.#platt,
      ...(this.#isotonic === undefined ? {} : { isotonic: this.#isotonic }),
    };
  }

  /** Both ways are compared on outcomes after the first calibration only. */
  #compare(score: number, rose: number): void {
    if (this.#isotonic === undefined) return;
    this.#errors.platt += (calibratedProbability(this.#platt, score) - rose) ** 2;
    this.#errors.isotonic += (calibratedProbability(this.#isotonic, score) - rose) ** 2;
    this.#heldOut += 1;
  }

  #fit(kind: CalibrationKind): Calibration {
    return kind === 'platt'
      ? { kind, parameters: fitPlatt(this.#scores, this.#rose) }
      : { kind, parameters: this.#fitIsotonic() };
  }

  #fitIsotonic(): IsotonicParameters {
    const sorted = this.#sorted;
    for (; sorted.count < this.#scores.length; sorted.count += 1) {
      const side = this.#rose[sorted.count] === 1 ? sorted.rises : sorted.falls;
      side.add(this.#scores[sorted.count]!);
    }
    return fitIsotonic(sorted.rises.sorted, sorted.falls.sorted);
  }
}

/** Scores in order, to which more come: those are sorted alone, and then both are merged. */
class SortedScores {
  #sorted = new Float64Array(0);
  #added: number[] = [];

  add(score: number): void {
    this.#added.push(score);
  }

  /** Smallest first. */
  get sorted(): Float64Array {
    if (this.#added.length === 0) return this.#sorted;
    const [known, added] = [this.#sorted, Float64Array.from(this.#added).sort()];
    const merged = new Float64Array(known.length + added.length);
    let next = 0;
    for (let i = 0, j = 0; next < merged.length; next += 1) {
      // Beyond the end there is nothing that is smaller.
      const isKnown = j === added.length || (i < known.length && known[i]! <= added[j]!);
      merged[next] = isKnown ? known[i]! : added[j]!;
      if (isKnown) i += 1;
      else j += 1;
    }
    this.#sorted = merged;
    this.#added = [];
    return merged;
  }
}
