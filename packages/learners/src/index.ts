export { type BinnedMatrix, binMatrix } from './binning/binned-matrix.ts';
export { type RidgeModel, trainRidge } from './linear/ridge.ts';
export type { Matrix } from './matrix.ts';
export { type Model, predict, predictRow } from './model.ts';
export { modelContributions } from './model-contributions.ts';
export { deserialiseModel } from './model-file/deserialise-model.ts';
export { serialiseModel } from './model-file/serialise-model.ts';
export { trainTrees } from './trees/train-trees.ts';
export { defaultTreeOptions, type Grower, type TreeOptions } from './trees/tree-options.ts';
