import type { Loss } from '../losses.ts';
import type { Matrix } from '../matrix.ts';
import type { Grower } from './tree-options.ts';

/**
 * Trained trees in flat arrays. A child (and a root) `c` is node `c` when it is 0 or more, else leaf `~c`. A row goes
 * left when its value is at most the threshold, and where `missingLeft` says when its value is missing. The prediction
 * on the scale of the link is `baseScore` plus the values of the row's leaves.
 */
export interface TreeModel {
  readonly kind: 'trees';
  readonly names: readonly string[];
  readonly grower: Grower;
  readonly loss: Loss;
  readonly baseScore: number;
  /** One entry a tree. */
  readonly roots: Int32Array;
  /** One entry a node, in this and the next four. */
  readonly feature: Uint16Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
  /** One entry a leaf. */
  readonly leafValues: Float64Array;
  /** Rows of the training in each leaf (a forest: as often as they were drawn). */
  readonly leafCover: Float64Array;
  /** Sum of the gains of a column's splits, one entry a column. */
  readonly importance: Float64Array;
}

/** Rows of a block: they are copied side by side and stay in the cache while every tree is walked. */
const blockRows = 64;

/** Adds the score of each row (base score and leaves) to `scores`, which has one entry for each of `rows`. */
export function addTreeScores(model: TreeModel, matrix: Matrix, rows: Int32Array, scores: Float64Array): void {
  const width = matrix.names.length;
  const block = new Float64Array(blockRows * width);
  for (let from = 0; from < rows.length; from += blockRows) {
    const size = Math.min(blockRows, rows.length - from);
    copyRows(matrix, rows, from, size, block);
    addBlock(model, block, width, size, scores.subarray(from, from + size));
  }
}

function addBlock(model: TreeModel, block: Float64Array, width: number, size: number, scores: Float64Array): void {
  const { roots, feature, threshold, left, right, missingLeft, leafValues } = model;
  for (let i = 0; i < size; i += 1) scores[i]! += model.baseScore;
  for (let t = 0; t < roots.length; t += 1) {
    const root = roots[t]!;
    for (let i = 0; i < size; i += 1) {
      const base = i * width;
      let child = root;
      while (child >= 0) {
        const value = block[base + feature[child]!]!;
        const goesLeft = Number.isNaN(value) ? missingLeft[child] === 1 : value <= threshold[child]!;
        child = goesLeft ? left[child]! : right[child]!;
      }
      scores[i]! += leafValues[~child]!;
    }
  }
}

function copyRows(matrix: Matrix, rows: Int32Array, from: number, size: number, block: Float64Array): void {
  const width = matrix.names.length;
  for (let f = 0; f < width; f += 1) {
    const column = f * matrix.rows;
    for (let i = 0; i < size; i += 1) {
      block[i * width + f] = matrix.values[column + rows[from + i]!]!;
    }
  }
}
