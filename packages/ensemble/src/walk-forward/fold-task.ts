import { sharedArray } from '@daytrade/series';
import { type Dataset, predictableRows, trainableRows } from '../dataset.ts';
import { fitModels, type ModelPredictions, predictModels, serialiseModels } from '../members/ensemble-models.ts';
import type { MemberOptions } from '../members/member-options.ts';
import type { OwnMembers } from '../members/own-member.ts';
import type { Fold } from './folds.ts';

/** One fold of the walk-forward as a task; crosses a thread. */
export interface FoldTaskInput {
  readonly dataset: Dataset;
  readonly fold: Fold;
  readonly members: readonly MemberOptions[];
  readonly seed: number;
  readonly keepModels: boolean;
}

export interface FoldTaskOutput extends ModelPredictions {
  /** Dataset rows (t * symbols + s) of the predictions. */
  readonly rows: Int32Array;
  /** Serialised models when they are wanted. */
  readonly models: readonly Uint8Array[] | undefined;
}

/** Fits the members and the scale head on the fold's training rows and predicts its sessions. */
export function runFold({ dataset, fold, members, seed, keepModels }: FoldTaskInput, own?: OwnMembers): FoldTaskOutput {
  const models = fitModels(dataset, trainableRows(dataset, fold.trainFrom, fold.trainTo), members, seed, own);
  const rows = predictableRows(dataset, fold.predictFrom, fold.predictTo);
  return {
    rows,
    ...predictModels(models, dataset, rows, own),
    models: keepModels ? serialiseModels(models) : undefined,
  };
}

/** Predictions by dataset row (t * symbols + s), NaN without one. */
export type Predictions = ModelPredictions;

/** Predictions of nothing yet, on SharedArrayBuffers. */
export function emptyPredictions(rows: number, members: number): Predictions {
  const column = () => sharedArray(rows).fill(NaN);
  return {
    centres: Array.from({ length: members }, column),
    scaleFactor: column(),
    quantiles: { lower: column(), upper: column() },
    har: column(),
  };
}

/** Writes predictions of some rows to their places. */
export function writePredictions(target: Predictions, rows: Int32Array, source: ModelPredictions): void {
  for (const [i, row] of rows.entries()) {
    for (const [member, centre] of target.centres.entries()) centre[row] = source.centres[member]![i]!;
    target.scaleFactor[row] = source.scaleFactor[i]!;
    target.quantiles.lower[row] = source.quantiles.lower[i]!;
    target.quantiles.upper[row] = source.quantiles.upper[i]!;
    target.har[row] = source.har[i]!;
  }
}
