import type { Sums } from './packed-gradients.ts';

/** A split of a node: rows of `feature` in bins 1 to `bin` go left, missing ones where `missingLeft` says. */
export interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly missingLeft: boolean;
  /** Reduction of twice the loss, penalties included. */
  readonly gain: number;
}

/** A split and what goes left by it. */
export interface NodeSplit extends Split {
  readonly left: Sums;
}

/** The limits of a split, and the units of its sums. */
export interface SplitRules {
  readonly minimumRows: number;
  /** In the loss's units. */
  readonly minimumHessian: number;
  readonly minimumGain: number;
  readonly l2: number;
  readonly unit: number;
  readonly gradientScale: number;
  readonly hessianScale: number;
}

/** Gains below this share of what the node already explains are rounding, not signal. */
const rounding = 1e-12;

/** Returns twice the loss that a common leaf saves, in squared packed units. */
export function scoreOf(gradient: number, hessian: number, l2: number): number {
  const weight = hessian + l2;
  return weight > 0 ? (gradient * gradient) / weight : 0;
}

/** The gain in the loss's units when it exceeds what is asked for, else undefined. */
export function gainOver(parentScore: number, childScore: number, rules: SplitRules): number | undefined {
  const difference = childScore - parentScore;
  if (!(difference > rounding * parentScore)) return undefined;
  const gain = difference * rules.gradientScale ** 2;
  return gain > rules.minimumGain ? gain : undefined;
}
