/** The best split point so far. */
class Best {
  score: f64 = 0;
  /** Sums of the rows that go left. */
  count: f64 = 0;
  gradient: f64 = 0;
  slot: i32 = -1;
  bin: i32 = 0;
  missingLeft: i32 = 0;
}

/** The result of {@link scanColumns}. */
export const best = new Best();

/**
 * Looks for the split of a node that gains most, in columns of which every Hessian is 1 and without an L1 penalty. Ties
 * go to the first column, the lowest bin and missing values on the right.
 *
 * @param columns columns of the histogram's slots
 * @param columnBins bins of each column, the one of missing values included
 * @param unit what a row adds to a cell, beside its gradient
 */
export function scanColumns(
  cells: StaticArray<f64>,
  columns: StaticArray<i32>,
  columnCount: i32,
  columnBins: StaticArray<i32>,
  parentScore: f64,
  nodeCount: f64,
  nodeGradient: f64,
  minimumRows: f64,
  l2: f64,
  unit: f64,
): void {
  best.score = parentScore;
  best.slot = -1;
  for (let slot = 0; slot < columnCount; slot += 1) {
    scanColumn(cells, slot, columnBins[columns[slot]], nodeCount, nodeGradient, minimumRows, l2, unit);
  }
}

function scanColumn(
  cells: StaticArray<f64>,
  slot: i32,
  columnBins: i32,
  nodeCount: f64,
  nodeGradient: f64,
  minimumRows: f64,
  l2: f64,
  unit: f64,
): void {
  const base = slot * 256;
  const perUnit = 1 / unit;
  const missing = cells[base];
  const missingCount = Math.floor(missing * perUnit + 0.5);
  const missingGradient = missing - missingCount * unit;
  const mostLeft = nodeCount - minimumRows;
  const weight = nodeCount + 2 * l2;
  const lastBin = missingCount === 0 ? columnBins - 1 : columnBins;
  let known: f64 = 0;
  let knownGradient: f64 = 0;
  let bestScore = best.score;
  for (let bin = 1; bin <= lastBin; bin += 1) {
    const cell = cells[base + bin];
    if (cell === 0) continue;
    const cellCount = Math.floor(cell * perUnit + 0.5);
    known += cellCount;
    knownGradient += cell - cellCount * unit;
    if (known > mostLeft) break;
    if (known >= minimumRows) {
      const leftWeight = known + l2;
      const rightWeight = weight - leftWeight;
      const right = nodeGradient - knownGradient;
      const numerator = knownGradient * knownGradient * rightWeight + right * right * leftWeight;
      if (numerator > bestScore * leftWeight * rightWeight) {
        const missingLeft = missingCount === 0 && known * 2 >= nodeCount;
        bestScore = keep(slot, bin, missingLeft, known, knownGradient, nodeCount, nodeGradient, l2);
      }
    }
    const count = known + missingCount;
    if (missingCount === 0 || count < minimumRows || count > mostLeft) continue;
    const leftWeight = count + l2;
    const rightWeight = weight - leftWeight;
    const left = knownGradient + missingGradient;
    const right = nodeGradient - left;
    const numerator = left * left * rightWeight + right * right * leftWeight;
    if (numerator > bestScore * leftWeight * rightWeight) {
      bestScore = keep(slot, bin, true, count, left, nodeCount, nodeGradient, l2);
    }
  }
}

/** Keeps a split whose score, now with the divisions, is the best so far; gives the best score. */
function keep(
  slot: i32,
  bin: i32,
  missingLeft: bool,
  count: f64,
  gradient: f64,
  nodeCount: f64,
  nodeGradient: f64,
  l2: f64,
): f64 {
  const score = scoreOf(gradient, count + l2) + scoreOf(nodeGradient - gradient, nodeCount - count + l2);
  if (score > best.score) {
    best.score = score;
    best.count = count;
    best.gradient = gradient;
    best.slot = slot;
    best.bin = bin;
    best.missingLeft = missingLeft ? 1 : 0;
  }
  return best.score;
}

function scoreOf(gradient: f64, weight: f64): f64 {
  return weight > 0 ? (gradient * gradient) / weight : 0;
}
