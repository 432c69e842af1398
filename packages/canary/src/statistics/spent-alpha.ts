/**
 * The chance of a false alarm that look number `look` (from 1) may spend: total / (look (look + 1)). Over any number of
 * looks these add up to the total, so a release may be looked at for as long as it takes (alpha spending: Lan, DeMets,
 * "Discrete sequential boundaries for clinical trials", Biometrika 70, 1983; by the union bound, so that nothing is
 * assumed of how looks depend on each other).
 */
export function spentAlpha(total: number, look: number): number {
  return total / (look * (look + 1));
}
