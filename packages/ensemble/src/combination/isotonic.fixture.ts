import { fitIsotonic, type IsotonicParameters } from './calibration.ts';

/** The calibration of some scores, of which each rose (1) or fell (0). */
export function isotonicOf(scores: readonly number[], rose: readonly number[]): IsotonicParameters {
  const sorted = (wanted: number) => Float64Array.from(scores.filter((_, i) => rose[i] === wanted)).sort();
  return fitIsotonic(sorted(1), sorted(0));
}
