import {
  type BinnedMatrix,
  defaultTreeOptions,
  type Matrix,
  type Model,
  predict,
  trainTrees,
  type TreeOptions,
} from '@daytrade/learners';

/** Largest and smallest factor on the EWMA scale. */
const bounds = { least: 0.25, most: 4 } as const;

function scaleOptions(seed: number): TreeOptions {
  return {
    ...defaultTreeOptions('leaf-wise'),
    loss: { kind: 'gamma' },
    seed,
    trees: 120,
    learningRate: 0.05,
    maximumLeaves: 12,
    minimumRowsPerLeaf: 200,
    l2: 20,
    rowSample: 0.7,
    columnSamplePerTree: 0.5,
    maximumBins: 64,
  };
}

/**
 * Fits the scale head: a boosted tree with gamma loss on |y| / v, so that its prediction is the factor on the EWMA scale v that
 * makes the mean of |y| / (factor * v) the same in every condition.
 *
 * @param magnitude |y| / v by row of the matrix
 */
export function fitScaleHead(
  matrix: Matrix,
  bins: BinnedMatrix,
  rows: Int32Array,
  magnitude: Float64Array,
  seed: number,
): Model {
  return trainTrees(scaleOptions(seed), { matrix, bins, rows, target: magnitude });
}

/** Factors on the EWMA scale for some rows. */
export function predictScaleFactor(model: Model, matrix: Matrix, rows: Int32Array): Float64Array {
  return predict(model, matrix, { rows }).map((factor) => Math.min(bounds.most, Math.max(bounds.least, factor)));
}
