import { inputInvalid } from '../input-invalid.ts';
import { type Sums, without } from './packed-gradients.ts';
import type { Direction, SplitRules } from './split.ts';
import type { TreeOptions } from './tree-options.ts';

/** The leaf values that a node may have below it, in packed units. */
export interface ValueBounds {
  readonly lower: number;
  readonly upper: number;
}

/** The bounds of a root. */
export const unbounded: ValueBounds = { lower: -Infinity, upper: Infinity };

/**
 * The direction of each column, or undefined when no column has one.
 *
 * @throws DayTradeError `learner.input-invalid` naming the column
 */
export function directionsOf(options: TreeOptions, names: readonly string[]): readonly Direction[] | undefined {
  const monotone = Object.entries(options.monotone ?? {});
  if (monotone.length === 0) return undefined;
  for (const [name] of monotone) {
    if (!names.includes(name)) throw inputInvalid('monotone', `"${name}"`, `columns among ${names.join(', ')}`);
  }
  const directions = new Map(monotone);
  return names.map((name) => directions.get(name) ?? 0);
}

/**
 * The score of the children of `node`, given what goes left, whose leaf values keep to the bounds of their node and to
 * the direction of the column that splits it. Children in the wrong order share the value half way between them, which
 * never beats leaving the node whole.
 */
export function monotoneScore(
  left: Sums,
  node: Sums,
  bounds: ValueBounds,
  direction: Direction,
  rules: SplitRules,
): number {
  const right = without(node, left);
  let leftValue = boundedValue(left, bounds, rules);
  let rightValue = boundedValue(right, bounds, rules);
  if (direction * (rightValue - leftValue) < 0) {
    leftValue = (leftValue + rightValue) / 2;
    rightValue = leftValue;
  }
  return scoreAt(left, leftValue, rules) + scoreAt(right, rightValue, rules);
}

/** The score of a node that is left whole. */
export function boundedScore(node: Sums, bounds: ValueBounds, rules: SplitRules): number {
  return scoreAt(node, boundedValue(node, bounds, rules), rules);
}

/**
 * The bounds of both children. Where the column has a direction, the value half way between them parts all leaves on
 * the left from all on the right, whatever is split below (the "basic" method of LightGBM).
 */
export function childBounds(
  left: Sums,
  right: Sums,
  bounds: ValueBounds,
  direction: Direction,
  rules: SplitRules,
): readonly [ValueBounds, ValueBounds] {
  if (direction === 0) return [bounds, bounds];
  const middle = middleOf(left, right, bounds, direction, rules);
  const low = { lower: bounds.lower, upper: middle };
  const high = { lower: middle, upper: bounds.upper };
  return direction > 0 ? [low, high] : [high, low];
}

/** The value that parts the leaves of both children. */
function middleOf(left: Sums, right: Sums, bounds: ValueBounds, direction: Direction, rules: SplitRules): number {
  const leftValue = boundedValue(left, bounds, rules);
  const rightValue = boundedValue(right, bounds, rules);
  if (left.count > 0 && right.count > 0) return (leftValue + rightValue) / 2;
  // A symmetric level can leave a child without rows: it gets out of the way of the other one, as far as there is a
  // bound.
  const emptyIsLow = left.count === 0 ? direction > 0 : direction < 0;
  const bound = emptyIsLow ? bounds.lower : bounds.upper;
  if (Number.isFinite(bound)) return bound;
  return left.count === 0 ? rightValue : leftValue;
}

/** The Newton step of a leaf in packed units. */
function boundedValue({ gradient, hessian }: Sums, { lower, upper }: ValueBounds, rules: SplitRules): number {
  const { l1, l2, hessianScale, maximumStep } = rules;
  const weight = hessian * hessianScale + l2;
  const shrunk = Math.sign(gradient) * Math.max(0, Math.abs(gradient) - l1);
  const step = weight > 0 ? -shrunk / weight : 0;
  return Math.max(lower, Math.min(upper, Math.max(-maximumStep, Math.min(maximumStep, step))));
}

/** The loss that rows save when their leaf has a value, twice, penalties included, in squared packed units. */
function scoreAt({ gradient, hessian }: Sums, value: number, { l1, l2, hessianScale }: SplitRules): number {
  return -value * (2 * gradient + (hessian * hessianScale + l2) * value) - 2 * l1 * Math.abs(value);
}
