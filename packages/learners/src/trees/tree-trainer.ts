import type { BinnedMatrix } from '../binning/binned-matrix.ts';
import { compileLoss, type LossFunction, lowerQuantile } from '../losses.ts';
import { numbersOfRows } from '../matrix.ts';
import { drawWithoutReplacement, drawWithReplacement, Random, shareOf } from '../random.ts';
import type { RowData } from '../training-data.ts';
import { growDepthWise, growLeafWise, growSymmetric } from './growers.ts';
import { HistogramBuilder } from './histogram.ts';
import { TreeKernel } from './kernel/tree-kernel.ts';
import { NodeStore } from './node-store.ts';
import { type PackedGradients, packGradients } from './packed-gradients.ts';
import type { PartitionBuffers } from './row-partition.ts';
import type { SplitRules } from './split.ts';
import { TreeGrowth } from './tree-growth.ts';
import type { TreeModel } from './tree-model.ts';
import type { TreeOptions } from './tree-options.ts';

/** The common part of boosting and forests: scores and derivatives of the rows, and the growth of a tree from them. */
export class TreeTrainer {
  readonly options: TreeOptions;
  readonly data: RowData;
  readonly nodes: NodeStore;
  readonly random: Random;
  readonly baseScore: number;
  /** Prediction of each training row on the scale of the link. */
  readonly scores: Float64Array;
  readonly #lossFunction: LossFunction;
  readonly #bins: BinnedMatrix;
  readonly #kernel: TreeKernel;
  readonly #gradients: Float64Array;
  readonly #hessians: Float64Array;
  /** False when each Hessian is 1. */
  readonly #withHessians: boolean;
  readonly #partitionBuffers: PartitionBuffers;
  readonly #histograms: HistogramBuilder;
  /** The rows of the tree that is grown, those of the newest {@link draw}. */
  readonly #sample: Int32Array;
  readonly #columns: Int32Array;

  constructor(options: TreeOptions, data: RowData, bins: BinnedMatrix) {
    const lossFunction = compileLoss(options.loss);
    this.options = options;
    this.data = data;
    this.#lossFunction = lossFunction;
    this.nodes = new NodeStore(bins);
    this.random = new Random(options.seed);
    this.baseScore = lossFunction.baseScore(data);
    this.#bins = bins;
    this.#kernel = new TreeKernel(bins);
    const { rows } = data.matrix;
    this.scores = this.#kernel.numbers(rows);
    for (const row of data.rows) this.scores[row] = this.baseScore + (data.offset ? data.offset[row]! : 0);
    this.#withHessians = !lossFunction.hessianIsOne;
    this.#gradients = this.#kernel.numbers(rows);
    this.#hessians = this.#kernel.numbers(this.#withHessians ? rows : 0);
    const most = data.rows.length;
    this.#partitionBuffers = { rows: this.#kernel.indices(most), spare: new Int32Array(most) };
    // All rows are drawn as the list that they stand in.
    const draws = options.grower === 'forest' || shareOf(most, options.rowSample) < most;
    this.#sample = this.#kernel.indices(draws ? most : 0);
    this.#columns = Int32Array.from(bins.names, (_, f) => f);
    this.#histograms = new HistogramBuilder(this.#kernel, bins.names.length, this.#withHessians);
  }

  differentiate(): void {
    const { rows, target } = this.data;
    this.#lossFunction.derivatives(rows, target, this.scores, this.#gradients, this.#hessians);
  }

  /** Draws rows to grow a tree on, which stay until the next draw. */
  draw(): Int32Array {
    const { options, data, random } = this;
    const draws = options.grower === 'forest' ? drawWithReplacement : drawWithoutReplacement;
    return draws(data.rows, shareOf(data.rows.length, options.rowSample), random, this.#sample);
  }

  /** Grows one tree on `rows` and sets its leaves to full steps times `rate`. */
  grow(rows: Int32Array, rate: number): TreeGrowth {
    const { options, random } = this;
    const packed = packGradients(rows, this.#gradients, this.#withHessians ? this.#hessians : undefined);
    const columns = drawWithoutReplacement(
      this.#columns,
      shareOf(this.#columns.length, options.columnSamplePerTree),
      random,
    );
    const growth = new TreeGrowth({
      bins: this.#bins,
      kernel: this.#kernel,
      histograms: this.#histograms,
      nodes: this.nodes,
      packed,
      rules: rulesOf(options, packed),
      rows,
      partitionBuffers: this.#partitionBuffers,
      columns,
      columnSamplePerSplit: options.columnSamplePerSplit,
      maximumDepth: options.maximumDepth,
      random,
    });
    growBy(options, growth);
    this.#setLeaves(growth, rate);
    return growth;
  }

  /** Ends the training; only {@link model} may be called after it. */
  release(): void {
    this.#kernel.release();
  }

  /** The trees so far as a model. */
  model(trees: number): TreeModel {
    const { nodes, options, baseScore } = this;
    return {
      kind: 'trees',
      names: [...this.#bins.names],
      grower: options.grower,
      loss: options.loss,
      baseScore,
      ...nodes.firstTrees(trees),
    };
  }

  #setLeaves({ leaves, partition }: TreeGrowth, rate: number): void {
    const { scores, options } = this;
    const { target } = this.data;
    const { leafQuantile } = this.#lossFunction;
    const hessians = this.#withHessians ? this.#hessians : undefined;
    const residual = (row: number) => target[row]! - scores[row]!;
    for (const { leaf, begin, end } of leaves) {
      const leafRows = { rows: partition.rows, begin, end };
      const step =
        leafQuantile === undefined
          ? newtonStep(leafRows, this.#gradients, hessians, options)
          : quantileStep(leafRows, residual, leafQuantile, options);
      this.nodes.leafValues[leaf] = step * rate;
    }
  }
}

function growBy(options: TreeOptions, growth: TreeGrowth): void {
  switch (options.grower) {
    case 'leaf-wise':
      growLeafWise(growth, options.maximumLeaves);
      break;
    case 'depth-wise':
    case 'forest':
      growDepthWise(growth);
      break;
    case 'symmetric':
      growSymmetric(growth);
      break;
  }
}

function rulesOf(options: TreeOptions, packed: PackedGradients): SplitRules {
  return {
    minimumRows: options.minimumRowsPerLeaf,
    minimumHessian: options.minimumHessianPerLeaf,
    minimumGain: options.minimumGain,
    l2: options.l2,
    unit: packed.unit,
    gradientScale: packed.gradientScale,
    hessianScale: packed.hessianScale,
  };
}

/** The rows of a leaf: entries `begin` to `end - 1` of `rows`. */
interface LeafRows {
  readonly rows: Int32Array;
  readonly begin: number;
  readonly end: number;
}

/**
 * Returns the Newton step `-G / (H + l2)` of a leaf from the derivatives of its rows. Absent `hessians` mean 1 each.
 */
function newtonStep(
  { rows, begin, end }: LeafRows,
  gradients: Float64Array,
  hessians: Float64Array | undefined,
  options: TreeOptions,
): number {
  let gradient = 0;
  let hessian = 0;
  for (let i = begin; i < end; i += 1) {
    gradient += gradients[rows[i]!]!;
    hessian += hessians ? hessians[rows[i]!]! : 1;
  }
  if (gradient === 0 || hessian + options.l2 <= 0) return 0;
  return -gradient / (hessian + options.l2);
}

/** Returns the quantile of a leaf's residuals, drawn towards 0 by `l2` as a Newton step is: times n / (n + l2). */
function quantileStep(
  { rows, begin, end }: LeafRows,
  residual: (row: number) => number,
  quantile: number,
  options: TreeOptions,
): number {
  const leafRows = rows.subarray(begin, end);
  if (leafRows.length === 0) return 0;
  const residuals = numbersOfRows(leafRows, residual);
  const step = lowerQuantile(residuals, quantile);
  return (step * leafRows.length) / (leafRows.length + options.l2);
}
