import { DayTradeError } from '@daytrade/errors';
import {
  type BinnedMatrix,
  binMatrix,
  deserialiseModel,
  type Matrix,
  type Model,
  predict,
  serialiseModel,
  trainRidge,
  trainTrees,
} from '@daytrade/learners';
import { deriveSeed } from '../random.ts';
import { type Dataset, scaledOutcome } from '../walk-forward/dataset.ts';
import { type MemberOptions, treeOptions } from './member-options.ts';
import { fitScaleHead, predictScaleFactor, type ScaleHead } from './scale-head.ts';

/** Bins of a column: more buy nothing where the signal is weak. */
const maximumBins = 64;

/** What models say of some rows: each member's z, and the factor on the EWMA scale. */
export interface ModelPredictions {
  readonly centres: readonly Float64Array[];
  readonly scaleFactor: Float64Array;
}

/** The fitted members and the scale head. */
export interface EnsembleModels {
  readonly members: readonly Model[];
  readonly scale: ScaleHead;
}

/** Fits every member and the scale head on some rows of a dataset. Each model has a seed of its own. */
export function fitModels(
  dataset: Dataset,
  rows: Int32Array,
  members: readonly MemberOptions[],
  seed: number,
): EnsembleModels {
  const bins = binMatrix(dataset, rows, { maximumBins });
  const outcome = new Float64Array(dataset.rows).fill(NaN);
  for (const row of rows) outcome[row] = scaledOutcome(dataset, row);
  const magnitude = outcome.map(Math.abs);
  return {
    members: members.map((member, i) => fitMember(dataset, bins, rows, outcome, member, deriveSeed(seed, i))),
    scale: fitScaleHead(dataset, bins, rows, magnitude, deriveSeed(seed, members.length)),
  };
}

/** Predictions for some rows of a matrix that has the columns of the training. */
export function predictModels({ members, scale }: EnsembleModels, matrix: Matrix, rows: Int32Array): ModelPredictions {
  return {
    centres: members.map((model) => predict(model, matrix, { rows })),
    scaleFactor: predictScaleFactor(scale, matrix, rows),
  };
}

/** The models as bytes: the members, then the scale head's regression and trees. */
export function serialiseModels({ members, scale }: EnsembleModels): readonly Uint8Array[] {
  return [...members, scale.regression, scale.trees].map(serialiseModel);
}

/**
 * The reverse of {@link serialiseModels}.
 *
 * @throws DayTradeError `model.file-invalid` when one is damaged or is not the kind of model that belongs in its place
 */
export function deserialiseModels(bytes: readonly Uint8Array[]): EnsembleModels {
  const models = bytes.map(deserialiseModel);
  const regression = models.at(-2);
  if (regression?.kind !== 'ridge') {
    throw new DayTradeError(
      'model.file-invalid',
      `ensemble file: expected a regression as scale head, got ${regression?.kind}`,
    );
  }
  return { members: models.slice(0, -2), scale: { regression, trees: models.at(-1)! } };
}

function fitMember(
  matrix: Matrix,
  bins: BinnedMatrix,
  rows: Int32Array,
  target: Float64Array,
  member: MemberOptions,
  seed: number,
): Model {
  if (member.kind === 'ridge') return trainRidge({ l2: member.l2 }, { matrix, rows, target });
  return trainTrees(treeOptions(member, seed), { matrix, bins, rows, target });
}
