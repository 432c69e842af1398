import { checkWholeNumber } from './input-invalid.ts';
import { compileLoss } from './losses/loss.ts';
import { meanLoss } from './losses/loss-function.ts';
import type { Matrix } from './matrix.ts';
import { lossOf, type Model, predict } from './model.ts';
import { Random } from './random.ts';
import { checkTrainingData, type TrainingData } from './training-data.ts';

/** How a permutation importance is measured. */
export interface PermutationOptions {
  /** Seed of the permutations, 0 to 2^32 - 1. */
  readonly seed: number;
  /** Permutations of each column, 1 to 1000; their increases are averaged. Default 5. */
  readonly repeats?: number;
}

/**
 * How much the model's mean loss grows when the values of one column are shuffled among the rows, one entry a column (Breiman 2001;
 * Fisher, Rudin & Dominici 2019). In the unit of the loss of training, without penalties; near 0 or below for a column that does not
 * help. Hand in rows that the model has not learned from as `rows`: on rows of the training an overfitted column looks important.
 * Columns that say the same share their importance.
 *
 * @throws DayTradeError `learner.input-invalid` as training and prediction do
 */
export function permutationImportance(model: Model, data: TrainingData, options: PermutationOptions): Float64Array {
  const { seed, repeats = 5 } = options;
  checkWholeNumber('seed', seed, 0, 2 ** 32 - 1);
  checkWholeNumber('repeats', repeats, 1, 1000);
  const checked = checkTrainingData(data);
  const lossFunction = compileLoss(lossOf(model));
  lossFunction.checkTarget(checked);
  const { matrix, rows, offset } = checked;
  const shuffled: Matrix = { ...matrix, values: matrix.values.slice() };
  const scores = new Float64Array(matrix.rows);
  const loss = () => {
    const found = predict(model, shuffled, { rows, scale: 'link', ...(offset ? { offset } : {}) });
    for (let i = 0; i < rows.length; i += 1) scores[rows[i]!] = found[i]!;
    return meanLoss(lossFunction, checked, rows, scores);
  };
  const before = loss();
  const random = new Random(seed);
  return Float64Array.from(matrix.names, (_, f) => {
    const column = shuffled.values.subarray(f * matrix.rows, (f + 1) * matrix.rows);
    const original = column.slice();
    let sum = 0;
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      shuffle(column, rows, random);
      sum += loss() - before;
    }
    column.set(original);
    return sum / repeats;
  });
}

/** Shuffles the entries `rows` of a column among themselves (Fisher & Yates). */
function shuffle(column: Float64Array, rows: Int32Array, random: Random): void {
  for (let i = rows.length - 1; i > 0; i -= 1) {
    const [here, there] = [rows[i]!, rows[random.below(i + 1)]!];
    [column[here], column[there]] = [column[there]!, column[here]!];
  }
}
