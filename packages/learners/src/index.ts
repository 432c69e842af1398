export { type BinnedMatrix, binMatrix } from './binning/binned-matrix.ts';
export { type RidgeModel, solvePositiveDefinite, trainRidge } from './linear/ridge.ts';
export {
  addBlockProducts,
  blockRows,
  type ColumnScales,
  type RowBlock,
  standardisedBlocks,
} from './linear/standardised-columns.ts';
export type { Matrix, Numbers } from './matrix.ts';
export { type Model, modelContributions, type OwnFile, type OwnModel, predict } from './model.ts';
export { deserialiseModel, serialiseModel } from './model-file.ts';
export { trainTrees } from './trees/train-trees.ts';
export { defaultTreeOptions, type Grower, type TreeOptions } from './trees/tree-options.ts';
