export type { BinEdges } from './binning/bin-edges.ts';
export {
  type BinnedMatrix,
  type BinOptions,
  binMatrix,
  binNewRows,
} from './binning/binned-matrix.ts';
export { type LogisticModel, type LogisticOptions, trainLogistic } from './linear/logistic.ts';
export { type RidgeModel, type RidgeOptions, trainRidge } from './linear/ridge.ts';
export type { GammaLoss, HuberLoss, LogisticLoss, Loss, PinballLoss, SquaredLoss } from './losses/loss.ts';
export type { Matrix } from './matrix.ts';
export { type Model, type PredictionOptions, type PredictionScale, predict, predictRow } from './model.ts';
export { modelContributions } from './model-contributions.ts';
export { deserialiseModel } from './model-file/deserialise-model.ts';
export { serialiseModel } from './model-file/serialise-model.ts';
export { type PermutationOptions, permutationImportance } from './permutation-importance.ts';
export type { TrainingData } from './training-data.ts';
export { type TrainingProgress, trainTrees } from './trees/train-trees.ts';
export { type TreeContributions, treeContributions } from './trees/tree-contributions.ts';
export type { TreeModel } from './trees/tree-model.ts';
export { defaultTreeOptions, type Grower, type TreeOptions } from './trees/tree-options.ts';
