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
