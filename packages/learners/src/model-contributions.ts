import { linearContributions } from './linear/linear-contributions.ts';
import type { Matrix } from './matrix.ts';
import type { Model } from './model.ts';
import { type TreeContributions, treeContributions } from './trees/tree-contributions.ts';

/**
 * What each column adds to the predictions of any model, on the scale of the link and without offset: exact TreeSHAP
 * for trees, exact for linear models. Base value and contributions of a row add up to its prediction.
 *
 * @throws DayTradeError `learner.input-invalid` as prediction does, and for trees from a file of format version 1
 */
export function modelContributions(
  model: Model,
  matrix: Matrix,
  options: { readonly rows?: Int32Array } = {},
): TreeContributions {
  return model.kind === 'trees'
    ? treeContributions(model, matrix, options)
    : linearContributions(model, matrix, options);
}
