import { findLevelSplit, sumsLeft } from './find-level-split.ts';
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
