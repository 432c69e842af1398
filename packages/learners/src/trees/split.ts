import type { Sums } from './packed-gradients.ts';

/** Which way a prediction may go when the values of a column grow: up, anywhere or down. */
export type Direction = 1 | 0 | -1;

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

/** What a split must keep to, and the units of what it sums. */
export interface SplitRules {
  readonly minimumRows: number;
  /** In the loss's units. */
  readonly minimumHessian: number;
  readonly minimumGain: number;
  /** In packed gradient units. */
  readonly l1: number;
  readonly l2: number;
  readonly unit: number;
  readonly gradientScale: number;
  readonly hessianScale: number;
  /** Largest absolute leaf value in packed units, Infinity for no bound. */
  readonly maximumStep: number;
  /** Which way the prediction may go in each column; undefined when it is free in all. */
  readonly directions: readonly Direction[] | undefined;
}

/** Gains below this share of what the node already explains are rounding, not signal. */
const rounding = 1e-12;

/** A sum of gradients after the L1 penalty; its sign is lost where there is one. */
export function shrink(gradient: number, l1: number): number {
  return l1 === 0 ? gradient : Math.max(0, Math.abs(gradient) - l1);
}

/** What rows explain when they share a leaf: the loss it saves, twice, in squared packed units. */
export function scoreOf(gradient: number, hessian: number, l1: number, l2: number): number {
  const shrunk = shrink(gradient, l1);
  const weight = hessian + l2;
  return weight > 0 ? (shrunk * shrunk) / weight : 0;
}

/** The gain in the loss's units when it exceeds what is asked for, else undefined. */
export function gainOver(parentScore: number, childScore: number, rules: SplitRules): number | undefined {
  const difference = childScore - parentScore;
  if (!(difference > rounding * parentScore)) return undefined;
  const gain = difference * rules.gradientScale ** 2;
  return gain > rules.minimumGain ? gain : undefined;
}
