import { type Dataset, predictableRows, trainableRows } from '../dataset.ts';
import { fitModels, type ModelPredictions, predictModels, serialiseModels } from '../members/ensemble-models.ts';
import type { MemberOptions } from '../members/member-options.ts';
import type { Fold } from './folds.ts';

/** One fold of the walk-forward as a task; crosses a thread. */
export interface FoldTaskInput {
  readonly dataset: Dataset;
  readonly fold: Fold;
  readonly members: readonly MemberOptions[];
  readonly seed: number;
  /** Whether the fitted models are wanted back. */
  readonly keepModels: boolean;
}

/** What a fold says about its rows. */
export interface FoldTaskOutput extends ModelPredictions {
  /** Dataset rows (t * symbols + s) of the predictions. */
  readonly rows: Int32Array;
  /** Serialised models when they are wanted. */
  readonly models: readonly Uint8Array[] | undefined;
}

/** Fits the members and the scale head on the fold's training rows and predicts its sessions. */
export function runFold({ dataset, fold, members, seed, keepModels }: FoldTaskInput): FoldTaskOutput {
  const models = fitModels(dataset, trainableRows(dataset, fold.trainFrom, fold.trainTo), members, seed);
  const rows = predictableRows(dataset, fold.predictFrom, fold.predictTo);
  return {
    rows,
    ...predictModels(models, dataset, rows),
    models: keepModels ? serialiseModels(models) : undefined,
  };
}
