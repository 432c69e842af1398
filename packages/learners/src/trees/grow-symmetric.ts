import { findLevelSplit, sumsLeft } from './find-level-split.ts';
import type { OpenNode, TreeGrowth } from './tree-growth.ts';

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
      bounds: node.bounds,
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
