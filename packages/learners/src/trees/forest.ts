import type { TrainingProgress } from './training-progress.ts';
import type { TreeModel } from './tree-model.ts';
import type { TreeTrainer } from './tree-trainer.ts';

/**
 * A random forest (Breiman 2001): every tree is grown from the base score on rows drawn with replacement, and the model
 * is their mean. With squared loss and no penalty a leaf is the mean of its rows. Rows count as often as they were
 * drawn.
 */
export function trainForest(
  trainer: TreeTrainer,
  progress: ((progress: TrainingProgress) => void) | undefined,
): TreeModel {
  const { options } = trainer;
  trainer.differentiate();
  for (let tree = 1; tree <= options.trees; tree += 1) {
    trainer.grow(trainer.draw(), 1 / options.trees);
    progress?.({ tree, trees: options.trees, trainingLoss: undefined, validationLoss: undefined });
  }
  return trainer.model(options.trees);
}
