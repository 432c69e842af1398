import type { BinnedMatrix } from '../binning/binned-matrix.ts';
import type { Split } from './split.ts';

/** The memory that rows are partitioned in, used again for every tree. */
export interface PartitionBuffers {
  /** Both as long as a tree has rows, or longer. */
  readonly rows: Int32Array;
  readonly spare: Int32Array;
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

  /** Moves the rows of `begin` to `end - 1` that go left to the front, stably; gives where the right ones begin. */
  split(begin: number, end: number, { feature, bin, missingLeft }: Split): number {
    const [rows, spare, goesLeft, { byColumn }] = [this.rows, this.#spare, this.#goesLeft, this.#bins];
    for (let b = 0; b < 256; b += 1) goesLeft[b] = (b === 0 ? missingLeft : b <= bin) ? 1 : 0;
    const column = feature * this.#bins.rows;
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
    return left;
  }
}
