import type { Loss } from '../losses.ts';
import type { Matrix } from '../matrix.ts';
import { Random } from '../random.ts';

/** Rows with known structure, for tests. The same numbers as `oracles/trees.py` makes. */
export interface SimulatedData {
  readonly matrix: Matrix<Float64Array>;
  /** A nonlinear function of four columns with noise of about its own size. */
  readonly target: Float64Array;
  /** Positive, with a spread that grows with its mean. */
  readonly positive: Float64Array;
}

const columns = 8;

/** Simulates rows; 5 % of the second column is missing, and missing means something. */
export function simulate(rows: number, seed: number): SimulatedData {
  const random = new Random(seed);
  const uniform = () => random.uint32() / 2 ** 32;
  // Sum of four uniforms, scaled to variance 1: near enough to a normal, and the same in every language.
  const normal = () => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3);
  const values = new Float64Array(columns * rows);
  const data = {
    matrix: { names: Array.from({ length: columns }, (_, f) => `x${f}`), rows, values },
    target: new Float64Array(rows),
    positive: new Float64Array(rows),
  };
  for (let row = 0; row < rows; row += 1) {
    const x = Float64Array.from({ length: columns }, normal);
    const isMissing = uniform() < 0.05;
    const signal = x[0]! + Math.abs(x[1]!) + (x[3]! > 0 ? x[2]! : -0.5 * x[2]!) + (isMissing ? 1 : 0);
    data.target[row] = signal + normal();
    // The script draws a class and a weight as well, which no test here needs.
    normal();
    data.positive[row] = (0.2 + x[0]! * x[0]! + (x[4]! > 0.5 ? 1 : 0)) * (0.2 + 1.6 * uniform());
    uniform();
    for (let f = 0; f < columns; f += 1) values[f * rows + row] = isMissing && f === 1 ? NaN : x[f]!;
  }
  return data;
}

/** Whole numbers from `from` to `to - 1`. */
export function range(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, i) => from + i);
}

/** A matrix of named columns of equal length. */
export function matrixOf(columnsByName: Readonly<Record<string, readonly number[]>>): Matrix<Float64Array> {
  const names = Object.keys(columnsByName);
  const lists = Object.values(columnsByName);
  return { names, rows: lists[0]?.length ?? 0, values: Float64Array.from(lists.flat()) };
}

/** Returns the loss of one row, by the formula of each loss. */
export function lossOf(loss: Loss, target: number, score: number): number {
  switch (loss.kind) {
    case 'squared':
      return 0.5 * (target - score) ** 2;
    case 'pinball':
      return target > score ? loss.quantile * (target - score) : (1 - loss.quantile) * (score - target);
    case 'gamma':
      return score + target * Math.exp(-score);
  }
}

/** Returns the mean loss of some rows, 0 without rows. */
export function meanLoss(loss: Loss, target: Float64Array, scores: Float64Array, rows: Int32Array): number {
  return rows.reduce((sum, row, i) => sum + lossOf(loss, target[row]!, scores[i]!), 0) / rows.length;
}
