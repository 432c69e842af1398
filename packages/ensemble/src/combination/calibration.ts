import { type IsotonicParameters, isotonicProbability } from './isotonic-calibration.ts';
import { type PlattParameters, plattProbability } from './platt-calibration.ts';

/** A function from scores to probabilities of a rise; plain data. */
export type Calibration =
  | { readonly kind: 'platt'; readonly parameters: PlattParameters }
  | { readonly kind: 'isotonic'; readonly parameters: IsotonicParameters };

/** Name of a way to calibrate. */
export type CalibrationKind = Calibration['kind'];

/** P(up) of a score, strictly between 0 and 1. */
export function calibratedProbability(calibration: Calibration, score: number): number {
  return calibration.kind === 'platt'
    ? plattProbability(calibration.parameters, score)
    : isotonicProbability(calibration.parameters, score);
}
