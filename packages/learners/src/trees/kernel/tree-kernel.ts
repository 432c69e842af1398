import type { PackedNumbers, Sums } from '../packed-gradients.ts';
import type { BinBytes } from '../row-partition.ts';
import type { SplitRules } from '../split.ts';

/** Cells of one column: bin 0 is missing. */
export const binsPerColumn = 256;

/** The split of a node that gains most, by the place of its column in the list that was searched. */
export interface ScannedSplit {
  readonly slot: number;
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly score: number;
  /** Sums of what goes left. */
  readonly left: Sums;
}

/**
 * The loops that a training spends its time in, over the bins of one matrix. Arrays that they read and write come from
 * the kernel itself, except lists of columns.
 */
export interface TreeKernel {
  /** The bins row by row. */
  readonly bins: BinBytes;
  /** An array of zeros for gradients or the cells of a histogram. */
  numbers(count: number): Float64Array;
  /** An array of zeros for row indices. */
  indices(count: number): Int32Array;
  /** Ends the training: neither the kernel nor what it made may be used any more. */
  release(): void;
  /**
   * Adds the numbers of rows `begin` to `end - 1` of the list, packed, to the cells of their bins: column `columns[k]`
   * in the cells from `k * binsPerColumn`. There have to be cells for a multiple of 8 columns.
   */
  sum(
    cells: Float64Array,
    numbers: PackedNumbers,
    columns: Int32Array,
    rows: Int32Array,
    begin: number,
    end: number,
  ): void;
  /** Takes numbers from others, in place. */
  subtract(from: Float64Array, numbers: Float64Array): void;
  /** Sets numbers to 0. */
  clear(numbers: Float64Array): void;
  /**
   * The split of a node with the best score above that of its parent, where every Hessian is 1 and there is no L1
   * penalty: nearly all of a training with squared loss is spent here. Ties go to the first column, the lowest bin and
   * missing values on the right.
   */
  scan(
    cells: Float64Array,
    columns: Int32Array,
    node: Sums,
    rules: SplitRules,
    parentScore: number,
  ): ScannedSplit | undefined;
}

/** Rows that a child has to have at least, where every row's Hessian is 1. */
export function fewestRows({ minimumRows, minimumHessian }: SplitRules): number {
  return Math.max(minimumRows, Math.ceil(minimumHessian));
}
