import { type BinnedMatrix, rowStride, writeRowMajor } from '../binning/binned-matrix.ts';
import { binsPerColumn, fewestRows, type ScannedSplit, type TreeKernel } from '../trees/kernel/tree-kernel.ts';
import type { PackedNumbers, Sums } from '../trees/packed-gradients.ts';
import type { BinBytes } from '../trees/row-partition.ts';
import { type SplitRules, scoreOf } from '../trees/split.ts';

/**
 * Rows of a block: what a block needs of them stays in the first-level cache while its groups of 8 columns are summed.
 */
const blockRows = 256;

/** The kernel in TypeScript, which the one in WebAssembly is tested against. */
export class TypeScriptKernel implements TreeKernel {
  readonly bins: BinBytes;
  readonly #bins: BinnedMatrix;
  /** Row-major, and the same as words. */
  readonly #byRow: Uint8Array;
  readonly #words: Uint32Array;
  readonly #stride: number;
  readonly #bases = new Int32Array(blockRows);
  readonly #values = new Float64Array(blockRows);

  constructor(bins: BinnedMatrix) {
    this.#bins = bins;
    this.#stride = rowStride(bins);
    this.#byRow = new Uint8Array(bins.rows * this.#stride);
    this.#words = new Uint32Array(this.#byRow.buffer);
    writeRowMajor(bins, this.#byRow);
    this.bins = { bytes: this.#byRow, columnStep: 1, rowStep: this.#stride };
  }

  numbers(count: number): Float64Array {
    return new Float64Array(count);
  }

  indices(count: number): Int32Array {
    return new Int32Array(count);
  }

  release(): void {}

  sum(
    cells: Float64Array,
    { values, unit, perScale }: PackedNumbers,
    columns: Int32Array,
    rows: Int32Array,
    begin: number,
    end: number,
  ): void {
    const stride = this.#stride;
    const everyColumn = columns.length === this.#bins.names.length;
    const bytesOfUnit = everyColumn ? 4 : 1;
    for (let from = begin; from < end; from += blockRows) {
      const size = Math.min(blockRows, end - from);
      for (let i = 0; i < size; i += 1) {
        const row = rows[from + i]!;
        this.#bases[i] = (row * stride) / bytesOfUnit;
        this.#values[i] = unit + Math.floor(values[row]! * perScale + 0.5);
      }
      if (everyColumn) sumEveryColumn(cells, this.#words, stride, this.#bases, this.#values, size);
      else sumSomeColumns(cells, this.#byRow, columns, this.#bases, this.#values, size);
    }
  }

  subtract(from: Float64Array, numbers: Float64Array): void {
    for (let i = 0; i < from.length; i += 1) from[i]! -= numbers[i]!;
  }

  clear(numbers: Float64Array): void {
    numbers.fill(0);
  }

  scan(
    cells: Float64Array,
    columns: Int32Array,
    node: Sums,
    rules: SplitRules,
    parentScore: number,
  ): ScannedSplit | undefined {
    const best: Best = { score: parentScore, slot: -1, bin: 0, missingLeft: false, count: 0, gradient: 0 };
    for (let slot = 0; slot < columns.length; slot += 1) {
      const columnBins = this.#bins.edges[columns[slot]!]!.length + 1;
      scanColumn(cells, slot, columnBins, node, rules, best);
    }
    const { slot, bin, missingLeft, score, count, gradient } = best;
    return slot < 0 ? undefined : { slot, bin, missingLeft, score, left: { count, gradient, hessian: count } };
  }
}

/** The best split point so far. */
interface Best {
  score: number;
  slot: number;
  bin: number;
  missingLeft: boolean;
  /** Sums of what goes left. */
  count: number;
  gradient: number;
}

function scanColumn(
  cells: Float64Array,
  slot: number,
  columnBins: number,
  node: Sums,
  rules: SplitRules,
  best: Best,
): void {
  const { unit, l2 } = rules;
  const { gradient: nodeGradient, count: nodeCount } = node;
  const minimumRows = fewestRows(rules);
  const base = slot * binsPerColumn;
  const perUnit = 1 / unit;
  const missing = cells[base]!;
  const missingCount = Math.floor(missing * perUnit + 0.5);
  const missingGradient = missing - missingCount * unit;
  const mostLeft = nodeCount - minimumRows;
  const weight = nodeCount + 2 * l2;
  const lastBin = missingCount === 0 ? columnBins - 1 : columnBins;
  let known = 0;
  let knownGradient = 0;
  let bestScore = best.score;
  for (let bin = 1; bin <= lastBin; bin += 1) {
    const cell = cells[base + bin]!;
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
        bestScore = keep(best, slot, bin, missingCount === 0 && known * 2 >= nodeCount, known, knownGradient, node, l2);
      }
    }
    const count = known + missingCount;
    if (missingCount === 0 || count < minimumRows || count > mostLeft) continue;
    const leftWeight = count + l2;
    const rightWeight = weight - leftWeight;
    const left = knownGradient + missingGradient;
    const right = nodeGradient - left;
    const numerator = left * left * rightWeight + right * right * leftWeight;
    if (numerator > bestScore * leftWeight * rightWeight)
      bestScore = keep(best, slot, bin, true, count, left, node, l2);
  }
}

/** Keeps a split whose score, now with the divisions, is the best so far; gives the best score. */
function keep(
  best: Best,
  slot: number,
  bin: number,
  missingLeft: boolean,
  count: number,
  gradient: number,
  node: Sums,
  l2: number,
): number {
  const score = scoreOf(gradient, count, l2) + scoreOf(node.gradient - gradient, node.count - count, l2);
  if (score > best.score) Object.assign(best, { score, slot, bin, missingLeft, count, gradient });
  return best.score;
}

/**
 * Adds a block's values to the cells of their bins, 8 columns at a time; a row's 8 bins are read as two little-endian
 * words.
 */
function sumEveryColumn(
  sums: Float64Array,
  words: Uint32Array,
  stride: number,
  bases: Int32Array,
  values: Float64Array,
  size: number,
): void {
  for (let group = 0; group < stride; group += 8) {
    const cell = group * binsPerColumn;
    const word = group >> 2;
    for (let i = 0; i < size; i += 1) {
      const base = bases[i]! + word;
      const value = values[i]!;
      const low = words[base]! | 0;
      const high = words[base + 1]! | 0;
      sums[cell + (low & 255)]! += value;
      sums[cell + 256 + ((low >>> 8) & 255)]! += value;
      sums[cell + 512 + ((low >>> 16) & 255)]! += value;
      sums[cell + 768 + (low >>> 24)]! += value;
      sums[cell + 1024 + (high & 255)]! += value;
      sums[cell + 1280 + ((high >>> 8) & 255)]! += value;
      sums[cell + 1536 + ((high >>> 16) & 255)]! += value;
      sums[cell + 1792 + (high >>> 24)]! += value;
    }
  }
}

/** The same for a list of columns; the last group is filled up with its first column, whose extra sums nobody reads. */
function sumSomeColumns(
  sums: Float64Array,
  byRow: Uint8Array,
  columns: Int32Array,
  bases: Int32Array,
  values: Float64Array,
  size: number,
): void {
  for (let group = 0; group < columns.length; group += 8) {
    const cell = group * binsPerColumn;
    const f0 = columns[group]!;
    const f1 = columns[group + 1] ?? f0;
    const f2 = columns[group + 2] ?? f0;
    const f3 = columns[group + 3] ?? f0;
    const f4 = columns[group + 4] ?? f0;
    const f5 = columns[group + 5] ?? f0;
    const f6 = columns[group + 6] ?? f0;
    const f7 = columns[group + 7] ?? f0;
    for (let i = 0; i < size; i += 1) {
      const base = bases[i]!;
      const value = values[i]!;
      sums[cell + byRow[base + f0]!]! += value;
      sums[cell + 256 + byRow[base + f1]!]! += value;
      sums[cell + 512 + byRow[base + f2]!]! += value;
      sums[cell + 768 + byRow[base + f3]!]! += value;
      sums[cell + 1024 + byRow[base + f4]!]! += value;
      sums[cell + 1280 + byRow[base + f5]!]! += value;
      sums[cell + 1536 + byRow[base + f6]!]! += value;
      sums[cell + 1792 + byRow[base + f7]!]! += value;
    }
  }
}
