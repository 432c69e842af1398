import { meanLoss } from '../losses/loss-function.ts';
import type { TrainingProgress } from './training-progress.ts';
import type { TreeGrowth } from './tree-growth.ts';
import type { TreeModel } from './tree-model.ts';
import type { TreeTrainer } from './tree-trainer.ts';

/**
 * Gradient boosting (Friedman 2001) with Newton steps: each tree is grown on the derivatives that the trees before it
 * left.
 */
export class Boosting {
  readonly #trainer: TreeTrainer;
  readonly #progress: ((progress: TrainingProgress) => void) | undefined;
  #bestLoss = Infinity;
  #bestTrees = 0;
  #bestRound = 0;
  /** Room for the rows that a tree is not grown on, and one that is written last and not kept. */
  #others: Int32Array | undefined;

  constructor(trainer: TreeTrainer, progress: ((progress: TrainingProgress) => void) | undefined) {
    this.#trainer = trainer;
    this.#progress = progress;
  }

  /** Makes the trees. */
  run(): TreeModel {
    const { options, nodes } = this.#trainer;
    this.#judge(0);
    for (let round = 1; round <= options.trees; round += 1) {
      const hasSplit = this.#addTree();
      if (!hasSplit && !this.#isRandom()) break;
      const validationLoss = this.#judge(round);
      this.#report(round, validationLoss);
      if (validationLoss !== undefined && this.#isStale(round)) break;
    }
    const keepsBest = this.#validates() && options.earlyStoppingRounds > 0;
    return this.#trainer.model(keepsBest ? this.#bestTrees : nodes.trees);
  }

  #addTree(): boolean {
    const trainer = this.#trainer;
    trainer.differentiate();
    const sample = trainer.draw();
    const growth = trainer.grow(sample, trainer.options.learningRate);
    if (trainer.nodes.dropLoneLeaf()) return false;
    this.#addToScores(growth, sample);
    return true;
  }

  #addToScores({ leaves, partition }: TreeGrowth, sample: Int32Array): void {
    const { nodes, scores, data, bytes } = this.#trainer;
    for (const { leaf, begin, end } of leaves) {
      const value = nodes.leafValues[leaf]!;
      for (let i = begin; i < end; i += 1) scores[partition.rows[i]!]! += value;
    }
    nodes.addNewestTree(scores, this.#notDrawn(sample), bytes);
    nodes.addNewestTree(scores, data.validationRows, bytes);
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

  #judge(round: number): number | undefined {
    if (!this.#validates()) return undefined;
    const { lossFunction, data, scores, nodes } = this.#trainer;
    const loss = meanLoss(lossFunction, data, data.validationRows, scores);
    if (loss < this.#bestLoss) {
      this.#bestLoss = loss;
      this.#bestTrees = nodes.trees;
      this.#bestRound = round;
    }
    return loss;
  }

  #report(round: number, validationLoss: number | undefined): void {
    const { options, lossFunction, data, scores } = this.#trainer;
    this.#progress?.({
      tree: round,
      trees: options.trees,
      trainingLoss: () => meanLoss(lossFunction, data, data.rows, scores),
      validationLoss,
    });
  }

  #validates(): boolean {
    return this.#trainer.data.validationRows.length > 0;
  }

  #isStale(round: number): boolean {
    const { earlyStoppingRounds } = this.#trainer.options;
    return earlyStoppingRounds > 0 && round - this.#bestRound >= earlyStoppingRounds;
  }

  #isRandom(): boolean {
    const { rowSample, columnSamplePerTree, columnSamplePerSplit } = this.#trainer.options;
    return rowSample < 1 || columnSamplePerTree < 1 || columnSamplePerSplit < 1;
  }
}
