import type { BinnedColumns, BinnedMatrix, MatrixToBin } from './binning/binned-matrix.ts';
import { inputInvalid } from './input-invalid.ts';
import { checkMatrix, checkNames, type Matrix, resolveRows } from './matrix.ts';

/**
 * What a learner trains on. `target`, `weights` and `offset` have one entry a row of the matrix; only the entries of
 * the rows that are used are looked at, so the caller hands in the whole panel and row indices and copies nothing.
 */
export interface TrainingData {
  readonly matrix: Matrix;
  readonly target: Float64Array;
  /** Rows to learn from. Default every row. */
  readonly rows?: Int32Array;
  /**
   * Rows whose loss decides when boosting stops; they are never learned from. The split in time is the caller's
   * business.
   */
  readonly validationRows?: Int32Array;
  /** Weight of each row, 0 or more. Default 1. */
  readonly weights?: Float64Array;
  /**
   * What is known of each row before training, on the scale of the link (`log` for gamma, log-odds for logistic).
   * Default 0.
   */
  readonly offset?: Float64Array;
  /** Bins of the same matrix, to share them between trainings; trees only. Default: made from `rows`. */
  readonly bins?: BinnedMatrix | MatrixToBin;
}

/** Training data that was checked, with its rows filled in. */
export interface CheckedData {
  readonly matrix: Matrix;
  readonly target: Float64Array;
  readonly rows: Int32Array;
  readonly validationRows: Int32Array;
  readonly weights: Float64Array | undefined;
  readonly offset: Float64Array | undefined;
  readonly bins: BinnedMatrix | MatrixToBin | undefined;
}

/**
 * Checks lengths, rows, finite targets and offsets, and weights with a positive sum.
 *
 * @throws DayTradeError `learner.input-invalid` naming field and row
 */
export function checkTrainingData(data: TrainingData): CheckedData {
  const { matrix, target, weights, offset, bins } = data;
  checkMatrix(matrix);
  const rows = resolveRows(matrix, data.rows);
  const validationRows = data.validationRows ? resolveRows(matrix, data.validationRows, 'validationRows') : noRows;
  if (rows.length === 0) throw inputInvalid('rows', 'no rows', 'at least one row to learn from');
  for (const [name, values] of Object.entries({ target, weights, offset })) {
    if (values && values.length !== matrix.rows) {
      throw inputInvalid(name, `${values.length} values`, `one for each of the ${matrix.rows} rows of the matrix`);
    }
  }
  // Of every row none is there twice.
  if (data.rows !== undefined || validationRows.length > 0) checkOnce(matrix.rows, rows, validationRows);
  for (const used of [rows, validationRows]) checkValues(used, target, weights, offset);
  checkPositiveWeight(rows, weights);
  if (bins) checkBins(bins, matrix);
  return { matrix, target, rows, validationRows, weights, offset, bins };
}

/** Refuses targets other than 0 and 1, and training rows that are all of one class. */
export function checkClasses(data: CheckedData): void {
  const { rows, validationRows, target, weights } = data;
  for (const used of [rows, validationRows]) {
    for (const row of used) {
      if (target[row] !== 0 && target[row] !== 1) throw inputInvalid(`target[${row}]`, target[row], '0 or 1');
    }
  }
  let ones = 0;
  let zeros = 0;
  for (const row of rows) {
    if (weights && weights[row] === 0) continue;
    if (target[row] === 1) ones += 1;
    else zeros += 1;
  }
  if (ones === 0 || zeros === 0)
    throw inputInvalid('target', `${ones} ones and ${zeros} zeros`, 'rows of both classes');
}

const noRows = new Int32Array(0);

function checkOnce(size: number, rows: Int32Array, validationRows: Int32Array): void {
  const seen = new Uint8Array(size);
  for (const [name, list] of [['rows', rows] as const, ['validationRows', validationRows] as const]) {
    for (let i = 0; i < list.length; i += 1) {
      const row = list[i]!;
      if (seen[row])
        throw inputInvalid(`${name}[${i}]`, `row ${row} again`, 'each row once, to learn from or to validate');
      seen[row] = 1;
    }
  }
}

function checkValues(rows: Int32Array, target: Float64Array, weights?: Float64Array, offset?: Float64Array): void {
  for (const row of rows) {
    if (!Number.isFinite(target[row])) throw inputInvalid(`target[${row}]`, target[row], 'a finite number');
    if (offset && !Number.isFinite(offset[row])) throw inputInvalid(`offset[${row}]`, offset[row], 'a finite number');
    if (weights && !(weights[row]! >= 0 && weights[row]! < Infinity)) {
      throw inputInvalid(`weights[${row}]`, weights[row], 'a finite number, 0 or more');
    }
  }
}

function checkPositiveWeight(rows: Int32Array, weights: Float64Array | undefined): void {
  if (weights && !rows.some((row) => weights[row]! > 0)) {
    throw inputInvalid('weights', 'only zeros', 'a positive weight in at least one row to learn from');
  }
}

function checkBins(bins: BinnedColumns, matrix: Matrix): void {
  checkNames(bins.names, matrix.names);
  if (bins.rows !== matrix.rows)
    throw inputInvalid('bins', `${bins.rows} rows`, `the ${matrix.rows} rows of the matrix`);
}
