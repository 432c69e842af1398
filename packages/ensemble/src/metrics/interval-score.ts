/**
 * Winkler's interval score, lower is better (Winkler 1972; Gneiting & Raftery 2007, equation 43): the width, plus 2 /
 * alpha for each unit by which the outcome lies outside. In the unit of the bounds.
 *
 * @param alpha share of outcomes that may lie outside, 0.07 for a promise of 93 %
 */
export function winklerScore(lower: number, upper: number, outcome: number, alpha: number): number {
  return upper - lower + (2 / alpha) * (Math.max(0, lower - outcome) + Math.max(0, outcome - upper));
}
