/** How much the comparisons of the learners work on. */
export interface LearnerSizes {
  readonly small: number;
  readonly large: number;
  readonly holdout: number;
  readonly trees: number;
  readonly forestTrees: number;
  readonly seeds: readonly number[];
  readonly oneRowCalls: number;
}

/** What the bars are about. */
export const fullSizes: LearnerSizes = {
  small: 60_000,
  large: 600_000,
  holdout: 20_000,
  trees: 300,
  forestTrees: 200,
  seeds: [1, 2, 3],
  oneRowCalls: 20_000,
};

/** Enough to see that everything runs. */
export const quickSizes: LearnerSizes = {
  small: 10_000,
  large: 60_000,
  holdout: 10_000,
  trees: 60,
  forestTrees: 10,
  seeds: [1, 2, 3],
  oneRowCalls: 5_000,
};
