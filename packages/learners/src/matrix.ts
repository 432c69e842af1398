import { DayTradeError } from '@daytrade/errors';

/**
 * Numbers of 32 bits, which take half of the memory, or of 64: learners compute in 64 bits from either. If a process
 * has matrices of one kind only, its loops are compiled for that kind alone.
 */
export type Numbers = Float32Array | Float64Array;

/**
 * Features of many rows in columns: feature `f` of row `r` is `values[f * rows + r]`. NaN is "missing"; there are
 * no infinities. A feature matrix of `series` is one as it stands.
 */
export interface Matrix<Values extends Numbers = Numbers> {
  readonly names: readonly string[];
  readonly rows: number;
  readonly values: Values;
}

export function everyRow({ rows }: Pick<Matrix, 'rows'>): Int32Array {
  const every = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) every[row] = row;
  return every;
}

/**
 * Checks that a matrix has the columns a model was trained on, in the same order.
 *
 * @throws DayTradeError `model.file-invalid` naming the first column that differs
 */
export function checkNames(trained: readonly string[], given: readonly string[]): void {
  const length = Math.max(trained.length, given.length);
  for (let f = 0; f < length; f += 1) {
    if (trained[f] === given[f]) continue;
    const got = given[f] === undefined ? 'no column' : `"${given[f]}"`;
    const expected = trained[f] === undefined ? 'no column' : `"${trained[f]}"`;
    const message = `column ${f + 1}: expected ${expected}, as in training, got ${got}`;
    throw new DayTradeError('model.file-invalid', message);
  }
}

/** A number for each of some rows. `Float64Array.from` would make a list of them all first, several times as large. */
export function numbersOfRows(rows: Int32Array, numberOf: (row: number) => number): Float64Array {
  const numbers = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) numbers[i] = numberOf(rows[i]!);
  return numbers;
}
