import {
  type BinnedMatrix,
  binMatrix,
  deserialiseModel,
  type Matrix,
  type Model,
  type OwnModel,
  predict,
  type RidgeModel,
  serialiseModel,
  trainRidge,
  trainTrees,
} from '@daytrade/learners';
import { deriveSeed } from '@daytrade/series';
import { type Dataset, scaledOutcome } from '../dataset.ts';
import { fitHar, predictHar } from './gamma-regression.ts';
import { type MemberOptions, treeOptions } from './member-options.ts';
import { type FittedTarget, FittedTargets } from './member-target.ts';
import { type OwnMember, type OwnMembers, rowsOf } from './own-member.ts';
import { fitQuantileHead, predictQuantiles, type QuantileHead, type QuantilePredictions } from './quantile-head.ts';
import { fitScaleHead, fittedScaleFactor, predictScaleFactor, type ScaleHead } from './scale-head.ts';

/** Bins of a column: more buy nothing where the signal is weak. */
const maximumBins = 64;

/**
 * Predictions of some rows: each member's z, the factor on the EWMA scale, and quantiles of the return in units of that
 * scale.
 */
export interface ModelPredictions {
  readonly centres: readonly Float64Array[];
  readonly scaleFactor: Float64Array;
  readonly quantiles: QuantilePredictions;
  /** The factor of the yardstick on the EWMA scale; 1 within the day, which has no yardstick. */
  readonly har: Float64Array;
}

/** The fitted members, the scale head, the quantile head and the yardstick. */
export interface EnsembleModels {
  readonly members: readonly (Model | OwnModel)[];
  readonly scale: ScaleHead;
  readonly quantiles: QuantileHead;
  readonly har: RidgeModel;
}

/**
 * Fits every member and both heads on some rows of a dataset. Each model has a seed of its own.
 *
 * @param rows session after session
 * @param own runs the members that are in files of the user's, if there are any
 */
export function fitModels(
  dataset: Dataset,
  rows: Int32Array,
  members: readonly MemberOptions[],
  seed: number,
  own?: OwnMembers,
): EnsembleModels {
  const bins = binMatrix(dataset, rows, { maximumBins });
  const outcome = new Float64Array(dataset.rows).fill(NaN);
  for (const row of rows) outcome[row] = scaledOutcome(dataset, row);
  const magnitude = outcome.map(Math.abs);
  const scale = fitScaleHead(dataset, bins, rows, magnitude, deriveSeed(seed, members.length));
  const scaled = outcome.slice();
  for (const [i, factor] of fittedScaleFactor(scale, dataset, rows).entries()) scaled[rows[i]!]! /= factor;
  const targets = new FittedTargets(dataset, rows, outcome);
  return {
    members: members.map((member, i) => {
      const target = targets.of(member);
      return member.kind === 'own'
        ? fitOwn(dataset, target, member, deriveSeed(seed, i), own!)
        : fitMember(dataset, bins, target, member, deriveSeed(seed, i));
    }),
    scale,
    quantiles: fitQuantileHead(dataset, bins, rows, scaled, [
      deriveSeed(seed, members.length + 1),
      deriveSeed(seed, members.length + 2),
    ]),
    har: fitHar(dataset, rows, magnitude),
  };
}

/** Predictions for some rows of a matrix that has the columns of the training. */
export function predictModels(
  { members, scale, quantiles, har }: EnsembleModels,
  matrix: Matrix,
  rows: Int32Array,
  own?: OwnMembers,
): ModelPredictions {
  return {
    centres: members.map((model) =>
      model.kind === 'own' ? own!.predict(model, rowsOf(matrix, rows, model.names)) : predict(model, matrix, { rows }),
    ),
    scaleFactor: predictScaleFactor(scale, matrix, rows),
    quantiles: predictQuantiles(quantiles, matrix, rows),
    har: predictHar(har, matrix, rows),
  };
}

/**
 * The models as bytes: the members, the scale head's regression and trees, the quantile head's lower and upper end, the
 * yardstick.
 */
export function serialiseModels({ members, scale, quantiles, har }: EnsembleModels): readonly Uint8Array[] {
  return [...members, scale.regression, scale.trees, quantiles.lower, quantiles.upper, har].map(serialiseModel);
}

/**
 * The reverse of {@link serialiseModels}.
 *
 * @throws DayTradeError `model.file-invalid` when one is damaged
 */
export function deserialiseModels(bytes: readonly Uint8Array[]): EnsembleModels {
  const models = bytes.map((one) => deserialiseModel<Model | OwnModel>(one));
  const [regression, trees, lower, upper, har] = models.slice(-5);
  return {
    members: models.slice(0, -5),
    scale: { regression: regression as RidgeModel, trees: trees as Model },
    quantiles: { lower: lower as Model, upper: upper as Model },
    har: har as RidgeModel,
  };
}

function fitMember(
  matrix: Matrix,
  bins: BinnedMatrix,
  { target, rows }: FittedTarget,
  member: Exclude<MemberOptions, OwnMember>,
  seed: number,
): Model {
  if (member.kind === 'trees') return trainTrees(treeOptions(member, seed), { matrix, bins, rows, target });
  const { l2, columns } = member;
  return trainRidge(columns === undefined ? { l2 } : { l2, columns }, { matrix, rows, target });
}

function fitOwn(
  matrix: Matrix,
  { target, rows }: FittedTarget,
  { name, source, hash, columns = matrix.names }: OwnMember,
  seed: number,
  own: OwnMembers,
): OwnModel {
  const file = { name, source, hash };
  const outcomes = Float64Array.from(rows, (row) => target[row]!);
  return { kind: 'own', names: columns, file, state: own.train(file, rowsOf(matrix, rows, columns), outcomes, seed) };
}
