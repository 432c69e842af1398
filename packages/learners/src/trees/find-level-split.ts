import type { BinnedMatrix } from '../binning/binned-matrix.ts';
import { binsPerColumn, type Histogram } from './histogram.ts';
import { type Sums, unpack } from './packed-gradients.ts';
import { gainOver, type Split, type SplitRules, scoreOf } from './split.ts';

/** A node of a level, with its histogram. */
export interface LevelNode {
  readonly sums: Sums;
  readonly histogram: Histogram;
}

/**
 * The one split that gains most when every node of a level takes it. A node that it would leave with too small a child counts as
 * gaining nothing. Ties go as in `findNodeSplit`.
 */
export function findLevelSplit(
  level: readonly LevelNode[],
  columns: Int32Array,
  bins: BinnedMatrix,
  rules: SplitRules,
): Split | undefined {
  let parentScore = 0;
  for (const { sums } of level) parentScore += parentScoreOf(sums, rules);
  const scores = { missingRight: new Float64Array(binsPerColumn), missingLeft: new Float64Array(binsPerColumn) };
  let best = { slot: -1, bin: 0, missingLeft: false, anyMissing: false };
  let bestScore = parentScore;
  for (let slot = 0; slot < columns.length; slot += 1) {
    const columnBins = bins.edges[columns[slot]!]!.length + 1;
    scores.missingRight.fill(0);
    scores.missingLeft.fill(0);
    const base = slot * binsPerColumn;
    const anyMissing = level.some(({ histogram }) => histogram.cells[base] !== 0);
    const lastBin = anyMissing ? columnBins : columnBins - 1;
    for (const node of level) addScores(node, base, lastBin, rules, scores);
    for (let bin = 1; bin <= lastBin; bin += 1) {
      for (const missingLeft of anyMissing ? [false, true] : [false]) {
        const score = (missingLeft ? scores.missingLeft : scores.missingRight)[bin]!;
        if (score > bestScore) {
          bestScore = score;
          best = { slot, bin, missingLeft, anyMissing };
        }
      }
    }
  }
  const gain = best.slot < 0 ? undefined : gainOver(parentScore, bestScore, rules);
  if (gain === undefined) return undefined;
  const { slot, bin, anyMissing } = best;
  const missingLeft = anyMissing ? best.missingLeft : mostGoLeft(level, slot * binsPerColumn, bin, rules.unit);
  return { feature: columns[slot]!, bin, missingLeft, gain };
}

/** What goes left in a node by a split of column slot `slot`. */
export function sumsLeft(histogram: Histogram, slot: number, split: Split, unit: number): Sums {
  const base = slot * binsPerColumn;
  let cell = split.missingLeft ? histogram.cells[base]! : 0;
  let hessian = split.missingLeft && histogram.hessians ? histogram.hessians[base]! : 0;
  for (let bin = 1; bin <= split.bin; bin += 1) {
    cell += histogram.cells[base + bin]!;
    if (histogram.hessians) hessian += histogram.hessians[base + bin]!;
  }
  const sums = unpack(cell, hessian, unit);
  return histogram.hessians ? sums : { ...sums, hessian: sums.count };
}

function parentScoreOf(sums: Sums, rules: SplitRules): number {
  return scoreOf(sums.gradient, sums.hessian * rules.hessianScale, rules.l1, rules.l2);
}

function addScores(
  { sums, histogram: { cells, hessians } }: LevelNode,
  base: number,
  lastBin: number,
  rules: SplitRules,
  scores: { missingRight: Float64Array; missingLeft: Float64Array },
): void {
  if (sums.count === 0) return;
  const { unit } = rules;
  const { missingRight, missingLeft } = scores;
  const parentScore = parentScoreOf(sums, rules);
  const perUnit = 1 / unit;
  const missing = cells[base]!;
  const missingCount = Math.floor(missing * perUnit + 0.5);
  const missingGradient = missing - missingCount * unit;
  const missingHessian = hessians ? hessians[base]! : missingCount;
  let count = 0;
  let gradient = 0;
  let hessian = 0;
  let right = parentScore;
  let left = scoreOfSides(missingCount, missingGradient, missingHessian, sums, parentScore, rules);
  for (let bin = 1; bin <= lastBin; bin += 1) {
    const cell = cells[base + bin]!;
    if (cell !== 0) {
      const cellCount = Math.floor(cell * perUnit + 0.5);
      count += cellCount;
      gradient += cell - cellCount * unit;
      hessian += hessians ? hessians[base + bin]! : cellCount;
      right = scoreOfSides(count, gradient, hessian, sums, parentScore, rules);
      left = right;
      if (missingCount > 0) {
        const [c, g, h] = [count + missingCount, gradient + missingGradient, hessian + missingHessian];
        left = scoreOfSides(c, g, h, sums, parentScore, rules);
      }
    }
    missingRight[bin]! += right;
    missingLeft[bin]! += left;
  }
}

/** Score of both sides of a node, given the sums of the left one; the score of the node itself where a side is too small. */
function scoreOfSides(
  count: number,
  gradient: number,
  hessian: number,
  node: Sums,
  parentScore: number,
  rules: SplitRules,
): number {
  const { minimumRows, minimumHessian, hessianScale, l1, l2 } = rules;
  if (count < minimumRows || node.count - count < minimumRows) return parentScore;
  const left = hessian * hessianScale;
  const right = (node.hessian - hessian) * hessianScale;
  if (left < minimumHessian || right < minimumHessian) return parentScore;
  return scoreOf(gradient, left, l1, l2) + scoreOf(node.gradient - gradient, right, l1, l2);
}

function mostGoLeft(level: readonly LevelNode[], base: number, bin: number, unit: number): boolean {
  let leftCount = 0;
  let count = 0;
  for (const { histogram, sums } of level) {
    count += sums.count;
    for (let b = 1; b <= bin; b += 1) leftCount += Math.floor(histogram.cells[base + b]! / unit + 0.5);
  }
  return leftCount * 2 >= count;
}
