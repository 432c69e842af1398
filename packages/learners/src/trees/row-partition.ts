import type { BinnedMatrix } from '../binning/binned-matrix.ts';
import type { Split } from './split.ts';

/** The memory that rows are partitioned in, used again for every tree. */
export interface PartitionBuffers {
  /** As long as a tree has rows, or longer. */
  readonly rows: Int32Array;
  /** {@link spareLength} of that. */
  readonly spare: Int32Array;
}

/** Room for the smaller side of a split of some rows, and one row more. */
export function spareLength(rows: number): number {
  return Math.floor(rows / 2) + 1;
}

/** The rows of one tree, those of each node side by side and in their first order. */
export class RowPartition {
  readonly rows: Int32Array;
  readonly #bins: BinnedMatrix;
  readonly #spare: Int32Array;
  readonly #goesLeft = new Uint8Array(256);

  /** @param buffers belong to this partition until the next one is made of them */
  constructor(bins: BinnedMatrix, rows: Int32Array, buffers: PartitionBuffers) {
    this.rows = buffers.rows.subarray(0, rows.length);
    this.rows.set(rows);
    this.#bins = bins;
    this.#spare = buffers.spare;
  }

  /**
   * Moves the rows of `begin` to `end - 1` that go left to the front, stably; gives where the right ones begin.
   *
   * @param leftCount how many go left
   */
  split(begin: number, end: number, split: Split, leftCount: number): number {
    const { feature, bin, missingLeft } = split;
    const goesLeft = this.#goesLeft;
    for (let b = 0; b < 256; b += 1) goesLeft[b] = (b === 0 ? missingLeft : b <= bin) ? 1 : 0;
    const column = feature * this.#bins.rows;
    if (2 * leftCount < end - begin) this.#setLeftAside(begin, end, column, leftCount);
    else this.#setRightAside(begin, end, column);
    return begin + leftCount;
  }

  /** From the front on: what goes left moves up, what goes right waits in the spare memory. */
  #setRightAside(begin: number, end: number, column: number): void {
    const [rows, spare, goesLeft, { byColumn }] = [this.rows, this.#spare, this.#goesLeft, this.#bins];
    let left = begin;
    let right = 0;
    for (let i = begin; i < end; i += 1) {
      // Both are written and one of them moves on: no branch to guess wrong.
      const row = rows[i]!;
      const isLeft = goesLeft[byColumn[column + row]!]!;
      rows[left] = row;
      spare[right] = row;
      left += isLeft;
      right += 1 - isLeft;
    }
    rows.set(spare.subarray(0, right), left);
  }

  /** From the end on: what goes right moves back, what goes left waits, its first row at place 1. */
  #setLeftAside(begin: number, end: number, column: number, leftCount: number): void {
    const [rows, spare, goesLeft, { byColumn }] = [this.rows, this.#spare, this.#goesLeft, this.#bins];
    let right = end - 1;
    let left = leftCount;
    for (let i = end - 1; i >= begin; i -= 1) {
      const row = rows[i]!;
      const isLeft = goesLeft[byColumn[column + row]!]!;
      rows[right] = row;
      spare[left] = row;
      right -= 1 - isLeft;
      left -= isLeft;
    }
    rows.set(spare.subarray(1, leftCount + 1), begin);
  }
}
