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
  node: LevelNode,
  base: number,
  lastBin: number,
  rules: SplitRules,
  scores: { missingRight: Float64Array; missingLeft: Float64Array },
): void {
  if (node.sums.count === 0) return;
  const { cells, hessians } = node.histogram;
  const parentScore = parentScoreOf(node.sums, rules);
  const missing = cells[base]!;
  const missingHessian = hessians ? hessians[base]! : 0;
  let known = 0;
  let knownHessian = 0;
  let right = parentScore;
  let left = missing === 0 ? parentScore : scoreOfSides(missing, missingHessian, node, parentScore, rules);
  for (let bin = 1; bin <= lastBin; bin += 1) {
    const cell = cells[base + bin]!;
    if (cell !== 0) {
      known += cell;
      if (hessians) knownHessian += hessians[base + bin]!;
      right = scoreOfSides(known, knownHessian, node, parentScore, rules);
      left =
        missing === 0 ? right : scoreOfSides(known + missing, knownHessian + missingHessian, node, parentScore, rules);
    }
    scores.missingRight[bin]! += right;
    scores.missingLeft[bin]! += left;
  }
}

function scoreOfSides(cell: number, hessian: number, node: LevelNode, parentScore: number, rules: SplitRules): number {
  const { unit, hessianScale, l1, l2 } = rules;
  const { sums } = node;
  const count = Math.floor(cell / unit + 0.5);
  if (count < rules.minimumRows || sums.count - count < rules.minimumRows) return parentScore;
  const gradient = cell - count * unit;
  const leftHessian = node.histogram.hessians ? hessian : count;
  const left = leftHessian * hessianScale;
  const right = (sums.hessian - leftHessian) * hessianScale;
  if (left < rules.minimumHessian || right < rules.minimumHessian) return parentScore;
  return scoreOf(gradient, left, l1, l2) + scoreOf(sums.gradient - gradient, right, l1, l2);
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
