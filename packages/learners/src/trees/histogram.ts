import type { BinnedMatrix } from '../binning/binned-matrix.ts';
import type { PackedGradients } from './packed-gradients.ts';

/** Cells of one column: bin 0 is missing. */
export const binsPerColumn = 256;

/**
 * Packed gradients summed by bin. Slot `k` holds column `columns[k]` of the list it was built for, in the cells from
 * `k * binsPerColumn`.
 */
export interface Histogram {
  readonly cells: Float64Array;
  /** Undefined when every Hessian is 1. */
  readonly hessians: Float64Array | undefined;
}

/** Rows of a block: what a block needs of them stays in the first-level cache while its groups of 8 columns are summed. */
const blockRows = 256;

/** Builds histograms of the rows of one tree and keeps the memory of those that are done with. */
export class HistogramBuilder {
  readonly #bins: BinnedMatrix;
  readonly #words: Uint32Array;
  readonly #slots: number;
  readonly #free: Histogram[] = [];
  readonly #withHessians: boolean;
  readonly #bases = new Int32Array(blockRows);
  readonly #values = new Float64Array(blockRows);

  /** @param columns most columns of a histogram */
  constructor(bins: BinnedMatrix, columns: number, withHessians: boolean) {
    this.#bins = bins;
    this.#words = new Uint32Array(bins.byRow.buffer, bins.byRow.byteOffset, bins.byRow.length / 4);
    this.#slots = Math.ceil(columns / 8) * 8;
    this.#withHessians = withHessians;
  }

  /** The histogram of rows `begin` to `end - 1` of the list. */
  build(packed: PackedGradients, columns: Int32Array, rows: Int32Array, begin: number, end: number): Histogram {
    const histogram = this.#empty();
    this.#sum(histogram.cells, packed.cells, columns, rows, begin, end);
    if (histogram.hessians && packed.hessians) {
      this.#sum(histogram.hessians, packed.hessians, columns, rows, begin, end);
    }
    return histogram;
  }

  /** Turns the histogram of a parent into that of one child, given the other's. */
  subtract(parent: Histogram, child: Histogram): Histogram {
    subtractInPlace(parent.cells, child.cells);
    if (parent.hessians && child.hessians) subtractInPlace(parent.hessians, child.hessians);
    return parent;
  }

  /** Gives back the memory of a histogram. */
  release(histogram: Histogram | undefined): void {
    if (histogram) this.#free.push(histogram);
  }

  #empty(): Histogram {
    const used = this.#free.pop();
    if (used) {
      used.cells.fill(0);
      used.hessians?.fill(0);
      return used;
    }
    const size = this.#slots * binsPerColumn;
    return {
      cells: new Float64Array(size),
      hessians: this.#withHessians ? new Float64Array(size) : undefined,
    };
  }

  #sum(
    sums: Float64Array,
    values: Float64Array,
    columns: Int32Array,
    rows: Int32Array,
    begin: number,
    end: number,
  ): void {
    const { stride, byRow, names } = this.#bins;
    const everyColumn = columns.length === names.length;
    const bytesOfUnit = everyColumn ? 4 : 1;
    for (let from = begin; from < end; from += blockRows) {
      const size = Math.min(blockRows, end - from);
      for (let i = 0; i < size; i += 1) {
        const row = rows[from + i]!;
        this.#bases[i] = (row * stride) / bytesOfUnit;
        this.#values[i] = values[row]!;
      }
      if (everyColumn) sumEveryColumn(sums, this.#words, stride, this.#bases, this.#values, size);
      else sumSomeColumns(sums, byRow, columns, this.#bases, this.#values, size);
    }
  }
}

/** Adds a block's values to the cells of their bins, 8 columns at a time; a row's 8 bins are read as two little-endian words. */
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

function subtractInPlace(from: Float64Array, values: Float64Array): void {
  for (let i = 0; i < from.length; i += 1) from[i]! -= values[i]!;
}
