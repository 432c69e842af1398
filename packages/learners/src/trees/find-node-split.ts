import type { BinnedMatrix } from '../binning/binned-matrix.ts';
import type { Histogram } from './histogram.ts';
import { binsPerColumn, type TreeKernel } from './kernel/tree-kernel.ts';
import type { Sums } from './packed-gradients.ts';
import { gainOver, type NodeSplit, type SplitRules, scoreOf } from './split.ts';

/** The best split point of one column so far. */
interface Best {
  score: number;
  bin: number;
  missingLeft: boolean;
  /** Sums of what goes left. */
  count: number;
  gradient: number;
  hessian: number;
}

/**
 * Returns the split of a node with the largest gain over `columns` (those of its histogram), each with the missing
 * values on either side. Ties go to the first column, the lowest bin and missing values on the right, so the order of
 * rows does not matter. If a node has no missing value, later ones follow the majority.
 */
export function findNodeSplit(
  kernel: TreeKernel,
  histogram: Histogram,
  columns: Int32Array,
  bins: BinnedMatrix,
  node: Sums,
  rules: SplitRules,
): NodeSplit | undefined {
  const parentScore = scoreOf(node.gradient, node.hessian * rules.hessianScale, rules.l2);
  if (histogram.hessians === undefined) {
    const found = kernel.scan(histogram.cells, columns, node, rules, parentScore);
    const gain = found && gainOver(parentScore, found.score, rules);
    if (found === undefined || gain === undefined) return undefined;
    return { feature: columns[found.slot]!, bin: found.bin, missingLeft: found.missingLeft, gain, left: found.left };
  }
  const best: Best = { score: parentScore, bin: 0, missingLeft: false, count: 0, gradient: 0, hessian: 0 };
  let feature = -1;
  for (let slot = 0; slot < columns.length; slot += 1) {
    const column = columns[slot]!;
    const before = best.score;
    const columnBins = bins.edges[column]!.length + 1;
    const base = slot * binsPerColumn;
    scanColumn(histogram, base, columnBins, node, rules, best);
    if (best.score > before) feature = column;
  }
  const gain = feature < 0 ? undefined : gainOver(parentScore, best.score, rules);
  if (gain === undefined) return undefined;
  const left = { count: best.count, gradient: best.gradient, hessian: best.hessian };
  return { feature, bin: best.bin, missingLeft: best.missingLeft, gain, left };
}

/** The general case: Hessians of their own. */
function scanColumn(
  { cells, hessians }: Histogram,
  base: number,
  columnBins: number,
  node: Sums,
  rules: SplitRules,
  best: Best,
): void {
  const { minimumRows, minimumHessian, l2, unit, hessianScale } = rules;
  const { gradient: nodeGradient, hessian: nodeHessian } = node;
  const perUnit = 1 / unit;
  const missing = cells[base]!;
  const missingCount = Math.floor(missing * perUnit + 0.5);
  const missingGradient = missing - missingCount * unit;
  const missingHessian = hessians ? hessians[base]! : missingCount;
  const mostLeft = node.count - minimumRows;
  // With missing values the last bin splits known from missing ones.
  const lastBin = missingCount === 0 ? columnBins - 1 : columnBins;
  const sides = missingCount === 0 ? 1 : 2;
  let known = 0;
  let knownGradient = 0;
  let knownHessian = 0;
  let bestScore = best.score;
  for (let bin = 1; bin <= lastBin; bin += 1) {
    const cell = cells[base + bin]!;
    if (cell === 0) continue;
    const cellCount = Math.floor(cell * perUnit + 0.5);
    known += cellCount;
    knownGradient += cell - cellCount * unit;
    knownHessian += hessians ? hessians[base + bin]! : cellCount;
    if (known > mostLeft) break;
    for (let side = 0; side < sides; side += 1) {
      // side 0: missing values on the right; side 1: on the left
      const count = side === 0 ? known : known + missingCount;
      if (count < minimumRows || count > mostLeft) continue;
      const gradient = side === 0 ? knownGradient : knownGradient + missingGradient;
      const hessian = side === 0 ? knownHessian : knownHessian + missingHessian;
      const left = hessian * hessianScale;
      const right = (nodeHessian - hessian) * hessianScale;
      const rightGradient = nodeGradient - gradient;
      const leftWeight = left + l2;
      const rightWeight = right + l2;
      // score > bestScore, without the division
      const numerator = gradient * gradient * rightWeight + rightGradient * rightGradient * leftWeight;
      if (numerator > bestScore * leftWeight * rightWeight && left >= minimumHessian && right >= minimumHessian) {
        const score = scoreOf(gradient, left, l2) + scoreOf(rightGradient, right, l2);
        if (score > bestScore) {
          bestScore = score;
          Object.assign(best, {
            score,
            bin,
            missingLeft: missingCount === 0 ? count * 2 >= node.count : side === 1,
            count,
            gradient,
            hessian,
          });
        }
      }
    }
  }
}
