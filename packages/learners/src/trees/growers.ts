import type { BinnedMatrix } from '../binning/binned-matrix.ts';
import type { Histogram } from './histogram.ts';
import { binsPerColumn, fewestRows } from './kernel/tree-kernel.ts';
import { type Sums, unpack } from './packed-gradients.ts';
import { gainOver, type Split, type SplitRules, scoreOf } from './split.ts';
import type { OpenNode, TreeGrowth } from './tree-growth.ts';

/**
 * Splits the leaf with the largest gain first, until there are enough leaves or none gains (LightGBM, Ke et al. 2017).
 */
export function growLeafWise(growth: TreeGrowth, maximumLeaves: number): void {
  const root = growth.root();
  growth.search(root);
  const open = [root];
  while (open.length < maximumLeaves) {
    const best = indexOfBest(open);
    const node = open[best];
    if (node?.split === undefined) break;
    // The children of the last split are not split again, so they are not searched.
    const isLast = open.length === maximumLeaves - 1;
    const [left, right] = isLast
      ? growth.divide(node, node.split, node.split.left)
      : growth.splitAndSearch(node, node.split);
    growth.releaseHistogram(node);
    open[best] = left;
    open.push(right);
  }
  for (const node of open) growth.close(node);
}

function indexOfBest(open: readonly OpenNode[]): number {
  let best = -1;
  let bestGain = 0;
  for (const [i, { split }] of open.entries()) {
    if (split && split.gain > bestGain) {
      best = i;
      bestGain = split.gain;
    }
  }
  return best;
}

/**
 * Splits every node that gains, down to the greatest depth (XGBoost, Chen & Guestrin 2016). Without a bound on leaves
 * the order of splits does not change the tree, so one branch is finished before the next: few histograms are alive at
 * a time.
 */
export function growDepthWise(growth: TreeGrowth): void {
  const root = growth.root();
  growth.search(root);
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.split === undefined) {
      growth.close(node);
      continue;
    }
    const [left, right] = growth.splitAndSearch(node, node.split);
    open.push(right, left);
  }
}

/**
 * Splits all nodes of a level by the same column and threshold, level by level (CatBoost, Prokhorenkova et al. 2018).
 */
export function growSymmetric(growth: TreeGrowth): void {
  const { bins, rules, maximumDepth } = growth.input;
  let level: readonly OpenNode[] = [growth.root()];
  for (let depth = 0; depth < maximumDepth; depth += 1) {
    const columns = growth.drawColumns();
    const filled = level.map((node) => ({
      node,
      sums: node.sums,
      histogram: growth.fill(node, columns),
    }));
    const split = findLevelSplit(filled, columns, bins, rules);
    if (split === undefined) break;
    const slot = columns.indexOf(split.feature);
    const isLast = depth === maximumDepth - 1;
    level = filled.flatMap(({ node, histogram }) => {
      const children = growth.divide(node, split, sumsLeft(histogram, slot, split, rules.unit));
      if (!isLast) growth.inherit(node, children);
      growth.releaseHistogram(node);
      return children;
    });
  }
  for (const node of level) growth.close(node);
}

interface LevelNode {
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
