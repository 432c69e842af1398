import { binMatrix, matrixToBin } from '../binning/binned-matrix.ts';
import { inputInvalid } from '../input-invalid.ts';
import { compileLoss } from '../losses/loss.ts';
import { checkTrainingData, type TrainingData } from '../training-data.ts';
import { Boosting } from './boosting.ts';
import { trainForest } from './forest.ts';
import { mostTrainingRows } from './packed-gradients.ts';
import type { TrainingProgress } from './training-progress.ts';
import type { TreeModel } from './tree-model.ts';
import { checkTreeOptions, type TreeOptions } from './tree-options.ts';
import { TreeTrainer } from './tree-trainer.ts';

/**
 * Bins up to which a training has its own by column beside those row by row, where a split reads one of them faster.
 * More of them are there once.
 */
const mostByColumn = 2 ** 28;

/**
 * Trains trees. The same options, data and seed give the same bytes. Boosting stops early when the validation loss gets
 * no better (the model has the trees up to the best one), and when nothing is drawn at random and no split gains; a
 * boosted tree without a split is left out. So a constant target, or fewer rows than two leaves need, gives the
 * constant prediction. An error thrown by `progress` ends the training.
 *
 * @throws DayTradeError `learner.input-invalid` naming the field, column or row, the value and what is allowed
 */
export function trainTrees(
  options: TreeOptions,
  data: TrainingData,
  progress?: (progress: TrainingProgress) => void,
): TreeModel {
  checkTreeOptions(options);
  const lossFunction = compileLoss(options.loss);
  const checked = checkTrainingData(data);
  lossFunction.checkTarget(checked);
  if (checked.rows.length > mostTrainingRows) {
    throw inputInvalid('rows', `${checked.rows.length} rows`, `at most ${mostTrainingRows} rows to learn from`);
  }
  const { matrix } = checked;
  const bin = matrix.values.length > mostByColumn ? matrixToBin : binMatrix;
  const bins = checked.bins ?? bin(matrix, checked.rows, { maximumBins: options.maximumBins });
  const trainer = new TreeTrainer(options, checked, bins, lossFunction);
  try {
    return options.grower === 'forest' ? trainForest(trainer, progress) : new Boosting(trainer, progress).run();
  } finally {
    trainer.release();
  }
}
