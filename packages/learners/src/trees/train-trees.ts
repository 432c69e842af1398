import { binMatrix } from '../binning/binned-matrix.ts';
import { type TrainingData, withRows } from '../training-data.ts';
import { checkSize } from './kernel/tree-kernel.ts';
import type { TreeGrowth } from './tree-growth.ts';
import type { TreeModel } from './tree-model.ts';
import type { TreeOptions } from './tree-options.ts';
import { TreeTrainer } from './tree-trainer.ts';

/**
 * Trains trees. The same options, data and seed give the same bytes. A boosted tree without a split is left out. So a
 * constant target, or fewer rows than two leaves need, gives the constant prediction.
 *
 * @throws DayTradeError `training.too-large`
 */
export function trainTrees(options: TreeOptions, data: TrainingData): TreeModel {
  const withAll = withRows(data);
  const bins = data.bins ?? binMatrix(data.matrix, withAll.rows, { maximumBins: options.maximumBins });
  checkSize(bins, withAll.rows.length);
  const trainer = new TreeTrainer(options, withAll, bins);
  try {
    return options.grower === 'forest' ? trainForest(trainer) : new Boosting(trainer).run();
  } finally {
    trainer.release();
  }
}

/**
 * Gradient boosting (Friedman 2001) with Newton steps: each tree is grown on the derivatives that the trees before it
 * left.
 */
class Boosting {
  readonly #trainer: TreeTrainer;
  /** Room for the rows that a tree is not grown on, and one that is written last and not kept. */
  #others: Int32Array | undefined;

  constructor(trainer: TreeTrainer) {
    this.#trainer = trainer;
  }

  run(): TreeModel {
    const { options, nodes } = this.#trainer;
    for (let round = 1; round <= options.trees; round += 1) this.#addTree();
    return this.#trainer.model(nodes.trees);
  }

  #addTree(): void {
    const trainer = this.#trainer;
    trainer.differentiate();
    const sample = trainer.draw();
    const growth = trainer.grow(sample, trainer.options.learningRate);
    if (!trainer.nodes.dropLoneLeaf()) this.#addToScores(growth, sample);
  }

  #addToScores({ leaves, partition }: TreeGrowth, sample: Int32Array): void {
    const { nodes, scores } = this.#trainer;
    for (const { leaf, begin, end } of leaves) {
      const value = nodes.leafValues[leaf]!;
      for (let i = begin; i < end; i += 1) scores[partition.rows[i]!]! += value;
    }
    nodes.addNewestTree(scores, this.#notDrawn(sample));
  }

  /** The rows that a sample has not; it keeps their order, so its next row shows whether one was drawn. */
  #notDrawn(sample: Int32Array): Int32Array {
    const { rows } = this.#trainer.data;
    const left = rows.length - sample.length;
    this.#others ??= new Int32Array(left + 1);
    const others = this.#others;
    let count = 0;
    for (let next = 0; next < sample.length; ) {
      const row = rows[next + count]!;
      const difference = sample[next]! ^ row;
      // Written whether or not it was drawn, and 1 where it was not: no branch to guess wrong.
      const isOther = (difference | -difference) >>> 31;
      others[count] = row;
      count += isOther;
      next += 1 - isOther;
    }
    others.set(rows.subarray(sample.length + count), count);
    return others.subarray(0, left);
  }
}

/**
 * A random forest (Breiman 2001): every tree is grown from the base score on rows drawn with replacement, and the model
 * is their mean. With squared loss and no penalty a leaf is the mean of its rows. Rows count as often as they were
 * drawn.
 */
function trainForest(trainer: TreeTrainer): TreeModel {
  const { options } = trainer;
  trainer.differentiate();
  for (let tree = 1; tree <= options.trees; tree += 1) {
    trainer.grow(trainer.draw(), 1 / options.trees);
  }
  return trainer.model(options.trees);
}
