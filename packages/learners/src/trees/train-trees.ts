import type { TrainingData } from '../training-data.ts';
import type { TreeModel } from './tree-model.ts';
import type { TreeOptions } from './tree-options.ts';

/** Where a training of trees is, told after each tree. */
export interface TrainingProgress {
  /** Trees so far, from 1. */
  readonly tree: number;
  /** Trees asked for. */
  readonly trees: number;
  /** Mean loss on the training rows; computed when called. */
  readonly trainingLoss: () => number;
  /** Mean loss on the validation rows, when there are any. */
  readonly validationLoss: number | undefined;
}

/**
 * Trains trees. The same options, data and seed give the same bytes. With early stopping the model has the trees up to the best
 * validation loss. An error thrown by `progress` ends the training (so does a cancelled run).
 *
 * @throws DayTradeError `learner.input-invalid` naming the field, column or row, the value and what is allowed
 */
export declare function trainTrees(
  options: TreeOptions,
  data: TrainingData,
  progress?: (progress: TrainingProgress) => void,
): TreeModel;
