/** Where a training of trees is, told after each tree. */
export interface TrainingProgress {
  /** Trees so far, from 1. */
  readonly tree: number;
  /** Trees asked for. */
  readonly trees: number;
  /** Mean loss on the training rows, computed when called; undefined for a forest. */
  readonly trainingLoss: (() => number) | undefined;
  /** Mean loss on the validation rows; undefined without them and for a forest. */
  readonly validationLoss: number | undefined;
}
