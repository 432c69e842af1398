import type { Loss } from '../losses/loss.ts';
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
  /**
   * Rows of the training in each leaf (a forest: as often as they were drawn). Empty in a model from a
   * file of format version 1.
   */
  readonly leafCover: Float64Array;
  /** Sum of the gains of a column's splits, one entry a column. */
  readonly importance: Float64Array;
}
