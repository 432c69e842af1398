import type { TreeGrowth } from './tree-growth.ts';

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
