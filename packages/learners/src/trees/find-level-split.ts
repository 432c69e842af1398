import type { BinnedMatrix } from '../binning/binned-matrix.ts';
import type { Histogram } from './histogram.ts';
import { binsPerColumn, fewestRows } from './kernel/tree-kernel.ts';
import { type Sums, unpack } from './packed-gradients.ts';
import { gainOver, type Split, type SplitRules, scoreOf } from './split.ts';

/** A node of a level, with its histogram. */
export interface LevelNode {
  readonly sums: Sums;
  readonly histogram: Histogram;
}

/** The scores of a level by the last bin that goes left, with missing values on either side. */
interface LevelScores {
  readonly missingRight: Float64Array;
  readonly missingLeft: Float64Array;
}

/**
 * The one split that gains most when every node of a level takes it, where every Hessian is 1. A node that it would
 * leave with too small a child counts as gaining nothing. Ties go as in `findNodeSplit`.
 */
export function findLevelSplit(
  level: readonly LevelNode[],
  columns: Int32Array,
  bins: BinnedMatrix,
  rules: SplitRules,
): Split | undefined {
  let parentScore = 0;
  for (const node of level) parentScore += parentScoreOf(node, rules);
  const scores: LevelScores = {
    missingRight: new Float64Array(binsPerColumn),
    missingLeft: new Float64Array(binsPerColumn),
  };
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

/** Returns the sums of the rows that a split of column slot `slot` sends left in a node. */
export function sumsLeft({ cells }: Histogram, slot: number, split: Split, unit: number): Sums {
  const base = slot * binsPerColumn;
  let cell = split.missingLeft ? cells[base]! : 0;
  for (let bin = 1; bin <= split.bin; bin += 1) cell += cells[base + bin]!;
  const sums = unpack(cell, 0, unit);
  return { ...sums, hessian: sums.count };
}

function parentScoreOf({ sums }: LevelNode, rules: SplitRules): number {
  return scoreOf(sums.gradient, sums.hessian * rules.hessianScale, rules.l2);
}

/** Adds the scores of a node: half of a symmetric training is spent here. */
function addScores(
  node: LevelNode,
  base: number,
  lastBin: number,
  rules: SplitRules,
  { missingRight, missingLeft }: LevelScores,
): void {
  const { cells } = node.histogram;
  const { count: nodeCount, gradient: nodeGradient } = node.sums;
  if (nodeCount === 0) return;
  const { unit, l2 } = rules;
  const least = fewestRows(rules);
  const most = nodeCount - least;
  const parentScore = parentScoreOf(node, rules);
  const perUnit = 1 / unit;
  const missing = cells[base]!;
  const missingCount = Math.floor(missing * perUnit + 0.5);
  const missingGradient = missing - missingCount * unit;
  let known = 0;
  let knownGradient = 0;
  let right = parentScore;
  let left = parentScore;
  if (missingCount >= least && missingCount <= most) {
    const rest = nodeGradient - missingGradient;
    left = (missingGradient * missingGradient) / (missingCount + l2) + (rest * rest) / (nodeCount - missingCount + l2);
  }
  for (let bin = 1; bin <= lastBin; bin += 1) {
    const cell = cells[base + bin]!;
    if (cell !== 0) {
      const cellCount = Math.floor(cell * perUnit + 0.5);
      known += cellCount;
      knownGradient += cell - cellCount * unit;
      right = parentScore;
      if (known >= least && known <= most) {
        const rest = nodeGradient - knownGradient;
        right = (knownGradient * knownGradient) / (known + l2) + (rest * rest) / (nodeCount - known + l2);
      }
      left = right;
      if (missingCount > 0) {
        const count = known + missingCount;
        left = parentScore;
        if (count >= least && count <= most) {
          const gradient = knownGradient + missingGradient;
          const rest = nodeGradient - gradient;
          left = (gradient * gradient) / (count + l2) + (rest * rest) / (nodeCount - count + l2);
        }
      }
    }
    missingRight[bin]! += right;
    missingLeft[bin]! += left;
  }
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
