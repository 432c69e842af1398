import { inputInvalid } from './input-invalid.ts';

/**
 * Numbers of 32 bits, which take half of the memory, or of 64: learners compute in 64 bits from either. If a process
 * has matrices of one kind only, its loops are compiled for that kind alone.
 */
export type Numbers = Float32Array | Float64Array;

/**
 * Features of many rows in columns: feature `f` of row `r` is `values[f * rows + r]`. NaN is "missing"; infinities are
 * refused. A feature matrix of `series` is one as it stands.
 */
export interface Matrix<Values extends Numbers = Numbers> {
  readonly names: readonly string[];
  readonly rows: number;
  readonly values: Values;
}

/**
 * Checks that a matrix has as many values as names and rows promise.
 *
 * @throws DayTradeError `learner.input-invalid`
 */
export function checkMatrix({ names, rows, values }: Matrix): void {
  if (names.length > 0 && values.length === names.length * rows) return;
  throw inputInvalid('matrix.values', `${values.length} values`, `${names.length} columns x ${rows} rows`);
}

/**
 * The rows asked for, or every row of the matrix.
 *
 * @throws DayTradeError `learner.input-invalid` when a row lies outside the matrix
 */
export function resolveRows(matrix: Matrix, rows: Int32Array | undefined, field = 'rows'): Int32Array {
  if (rows === undefined) return everyRow(matrix);
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i]!;
    if (row < 0 || row >= matrix.rows) {
      throw inputInvalid(`${field}[${i}]`, row, `a row of the matrix, 0 to ${matrix.rows - 1}`);
    }
  }
  return rows;
}

function everyRow({ rows }: Matrix): Int32Array {
  const every = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) every[row] = row;
  return every;
}

/**
 * Checks that a matrix has the columns a model was trained on, in the same order.
 *
 * @throws DayTradeError `learner.input-invalid` naming the first column that differs
 */
export function checkNames(trained: readonly string[], given: readonly string[]): void {
  const length = Math.max(trained.length, given.length);
  for (let f = 0; f < length; f += 1) {
    if (trained[f] === given[f]) continue;
    const got = given[f] === undefined ? 'no column' : `"${given[f]}"`;
    const expected = trained[f] === undefined ? 'no column' : `"${trained[f]}"`;
    throw inputInvalid(`matrix.names[${f}]`, got, `${expected}, as in training`);
  }
}

/** Refuses an infinite value, naming its column and row. */
export function checkNotInfinite(value: number, matrix: Matrix, column: number, row: number): void {
  if (value === Infinity || value === -Infinity) {
    throw inputInvalid(`column "${matrix.names[column]}", row ${row}`, value, 'a finite number, or NaN for missing');
  }
}

/** A number for each of some rows. `Float64Array.from` would make a list of them all first, several times as large. */
export function numbersOfRows(rows: Int32Array, numberOf: (row: number) => number): Float64Array {
  const numbers = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) numbers[i] = numberOf(rows[i]!);
  return numbers;
}
