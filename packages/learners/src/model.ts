import type { RidgeModel } from './linear/ridge.ts';
import { compileLoss, type Loss } from './losses.ts';
import { checkNames, everyRow, type Matrix } from './matrix.ts';
import { PathWeights } from './trees/path-weights.ts';
import { addTreeScores, type TreeModel } from './trees/tree-model.ts';

/** Any trained model: a plain object of typed arrays, so it crosses a worker thread as it is. */
export type Model = TreeModel | RidgeModel;

/** A file of the user's: its name without folder and ending, its text, and the SHA-256 of that. */
export interface OwnFile {
  readonly name: string;
  readonly source: string;
  readonly hash: string;
}

/** A model that a file of the user's trained: its text predicts, in a process of its own. */
export interface OwnModel {
  readonly kind: 'own';
  /** The columns that it looks at. */
  readonly names: readonly string[];
  readonly file: OwnFile;
  readonly state: Uint8Array;
}

interface PredictionOptions {
  /** Rows to predict, in this order. Default every row. */
  readonly rows?: Int32Array;
  /** `response`, the default, is a mean, quantile or probability; `link` is before the inverse link (log, log-odds). */
  readonly scale?: 'response' | 'link';
}

/**
 * One prediction for each row asked for.
 *
 * @throws DayTradeError `model.file-invalid` when columns differ from those in training
 */
export function predict(model: Model, matrix: Matrix, options: PredictionOptions = {}): Float64Array {
  checkNames(model.names, matrix.names);
  const rows = options.rows ?? everyRow(matrix);
  const scores = new Float64Array(rows.length);
  if (model.kind === 'trees') addTreeScores(model, matrix, rows, scores);
  else addLinearScores(model, matrix, rows, scores);
  if (options.scale === 'link') return scores;
  const loss: Loss = model.kind === 'trees' ? model.loss : { kind: 'squared' };
  return scores.map(compileLoss(loss).response);
}

/**
 * Returns the contribution of each column to the predictions of a model, on the scale of the link and without offset:
 * exact TreeSHAP for trees, exact for linear models. Base value and contributions of a row add up to its prediction.
 *
 * @throws DayTradeError `model.file-invalid` as prediction does
 */
export function modelContributions(
  model: Model,
  matrix: Matrix,
  options: { readonly rows?: Int32Array } = {},
): Contributions {
  checkNames(model.names, matrix.names);
  const rows = options.rows ?? everyRow(matrix);
  return model.kind === 'trees' ? treeContributions(model, matrix, rows) : linearContributions(model, matrix, rows);
}

/** Adds intercept and columns times coefficients to `scores`; a missing value stands for its training mean. */
function addLinearScores(model: RidgeModel, matrix: Matrix, rows: Int32Array, scores: Float64Array): void {
  for (let i = 0; i < rows.length; i += 1) scores[i]! += model.intercept;
  for (let f = 0; f < model.coefficients.length; f += 1) {
    const coefficient = model.coefficients[f]!;
    const mean = model.means[f]!;
    for (let i = 0; i < rows.length; i += 1) {
      const value = matrix.values[f * matrix.rows + rows[i]!]!;
      scores[i]! += coefficient * (Number.isNaN(value) ? mean : value);
    }
  }
}

/**
 * Exact SHAP values of a linear model with independent columns (Lundberg & Lee 2017, corollary 1): the base value is
 * the prediction at the means of the training, a column adds its coefficient times its distance from its mean, and a
 * missing one nothing. They add up to the prediction on the scale of the link.
 */
function linearContributions(model: RidgeModel, matrix: Matrix, rows: Int32Array): Contributions {
  const values = new Float64Array(matrix.names.length * rows.length);
  let baseValue = model.intercept;
  for (const [f, coefficient] of model.coefficients.entries()) {
    const mean = model.means[f]!;
    baseValue += coefficient * mean;
    for (let i = 0; i < rows.length; i += 1) {
      const value = matrix.values[f * matrix.rows + rows[i]!]!;
      values[f * rows.length + i] = Number.isNaN(value) ? 0 : coefficient * (value - mean);
    }
  }
  return { baseValue, contributions: { names: [...matrix.names], rows: rows.length, values } };
}

/** A prediction on the scale of the link, split up. */
export interface Contributions {
  /**
   * The prediction when nothing is known of a row: the mean over the rows of the training, or what their covers stand
   * for.
   */
  readonly baseValue: number;
  /** The contribution of each column to each explained row, in the shape of a matrix. */
  readonly contributions: Matrix<Float64Array>;
}

/**
 * Exact SHAP values of a tree model, path-dependent TreeSHAP (Lundberg, Erion & Lee 2018, algorithm 2): the base value
 * and a row's contributions add up to its prediction on the scale of the link, without offset. A column that is not
 * known is averaged over by the covers of the leaves below the nodes that split it. Time a row: trees x leaves x depth
 * squared.
 */
export function treeContributions(model: TreeModel, matrix: Matrix, rows: Int32Array): Contributions {
  const columns = matrix.names.length;
  const values = new Float64Array(columns * rows.length);
  const leftShares = leftSharesOf(model);
  const explainer = new RowExplainer(model, leftShares);
  const row = new Float64Array(columns);
  for (let i = 0; i < rows.length; i += 1) {
    for (let f = 0; f < columns; f += 1) row[f] = matrix.values[f * matrix.rows + rows[i]!]!;
    const contributions = explainer.explain(row);
    for (let f = 0; f < columns; f += 1) values[f * rows.length + i] = contributions[f]!;
  }
  const contributions = { names: [...matrix.names], rows: rows.length, values };
  return { baseValue: baseValueOf(model, leftShares), contributions };
}

/** Explains one row after another with the same arrays. */
class RowExplainer {
  readonly #model: TreeModel;
  readonly #leftShares: Float64Array;
  /** One path for each depth: a child works on a copy of its parent's. */
  readonly #paths: readonly PathWeights[];
  readonly #contributions: Float64Array;
  #row: Float64Array;

  constructor(model: TreeModel, leftShares: Float64Array) {
    this.#model = model;
    this.#leftShares = leftShares;
    const depth = depthOf(model);
    this.#paths = Array.from({ length: depth + 1 }, () => new PathWeights(depth + 2));
    this.#contributions = new Float64Array(model.names.length);
    this.#row = new Float64Array(0);
  }

  /** The contributions of the columns; the array is used again for the next row. */
  explain(row: Float64Array): Float64Array {
    this.#row = row;
    this.#contributions.fill(0);
    for (const root of this.#model.roots) {
      const path = this.#paths[0]!;
      path.clear();
      path.extend(-1, 1, 1);
      this.#visit(root, 0);
    }
    return this.#contributions;
  }

  #visit(child: number, depth: number): void {
    const path = this.#paths[depth]!;
    if (child < 0) {
      this.#addLeaf(path, this.#model.leafValues[~child]!);
      return;
    }
    const { feature, threshold, left, right, missingLeft } = this.#model;
    const column = feature[child]!;
    const value = this.#row[column]!;
    const goesLeft = Number.isNaN(value) ? missingLeft[child] === 1 : value <= threshold[child]!;
    // A column that the path has already is taken out and comes back with both conditions.
    const entry = path.entryOf(column);
    const zero = entry === 0 ? 1 : path.zeroAt(entry);
    const one = entry === 0 ? 1 : path.oneAt(entry);
    if (entry > 0) path.unwind(entry);
    const leftShare = this.#leftShares[child]!;
    this.#descend(left[child]!, depth, column, zero * leftShare, goesLeft ? one : 0);
    this.#descend(right[child]!, depth, column, zero * (1 - leftShare), goesLeft ? 0 : one);
  }

  #descend(child: number, depth: number, column: number, zero: number, one: number): void {
    // No subset of known columns leads here.
    if (zero === 0 && one === 0) return;
    const path = this.#paths[depth + 1]!;
    path.copyFrom(this.#paths[depth]!);
    path.extend(column, zero, one);
    this.#visit(child, depth + 1);
  }

  #addLeaf(path: PathWeights, value: number): void {
    for (let i = 1; i < path.length; i += 1) {
      this.#contributions[path.featureAt(i)]! += path.sumWithout(i) * (path.oneAt(i) - path.zeroAt(i)) * value;
    }
  }
}

/** Share of each node's cover that its left child has; a half where no row came through. */
function leftSharesOf({ feature, left, right, leafCover }: TreeModel): Float64Array {
  const covers = new Float64Array(feature.length);
  const shares = new Float64Array(feature.length);
  const coverOf = (child: number) => (child < 0 ? leafCover[~child]! : covers[child]!);
  // A child comes after its parent, so from the end on the children of a node are known.
  for (let node = feature.length - 1; node >= 0; node -= 1) {
    const leftCover = coverOf(left[node]!);
    const cover = leftCover + coverOf(right[node]!);
    covers[node] = cover;
    shares[node] = cover > 0 ? leftCover / cover : 1 / 2;
  }
  return shares;
}

function baseValueOf(model: TreeModel, leftShares: Float64Array): number {
  const { roots, feature, left, right, leafValues } = model;
  const means = new Float64Array(feature.length);
  const meanOf = (child: number) => (child < 0 ? leafValues[~child]! : means[child]!);
  for (let node = feature.length - 1; node >= 0; node -= 1) {
    const leftShare = leftShares[node]!;
    means[node] = leftShare * meanOf(left[node]!) + (1 - leftShare) * meanOf(right[node]!);
  }
  let sum = model.baseScore;
  for (const root of roots) sum += meanOf(root);
  return sum;
}

function depthOf({ feature, left, right }: TreeModel): number {
  const depths = new Int32Array(feature.length);
  let deepest = 0;
  for (let node = 0; node < feature.length; node += 1) {
    const below = depths[node]! + 1;
    deepest = Math.max(deepest, below);
    for (const child of [left[node]!, right[node]!]) if (child >= 0) depths[child] = below;
  }
  return deepest;
}
