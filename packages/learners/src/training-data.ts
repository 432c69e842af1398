import type { BinnedColumns, BinnedMatrix, MatrixToBin } from './binning/binned-matrix.ts';
import { inputInvalid } from './input-invalid.ts';
import { checkMatrix, checkNames, type Matrix, resolveRows } from './matrix.ts';

/**
 * The data of a training. `target` and `offset` have one entry a row of the matrix. Only the entries of the used rows
 * are read, so a caller hands in the whole panel with row indices and copies nothing.
 */
export interface TrainingData {
  readonly matrix: Matrix;
  readonly target: Float64Array;
  /** Rows to learn from. Default every row. */
  readonly rows?: Int32Array;
  /** Prediction of each row before training, on the scale of the link (`log` for gamma). Default 0. */
  readonly offset?: Float64Array;
  /** Bins of the same matrix, to share them between trainings; trees only. Default: made from `rows`. */
  readonly bins?: BinnedMatrix | MatrixToBin;
}

/** Training data that was checked, with its rows filled in. */
export interface CheckedData {
  readonly matrix: Matrix;
  readonly target: Float64Array;
  readonly rows: Int32Array;
  readonly offset: Float64Array | undefined;
  readonly bins: BinnedMatrix | MatrixToBin | undefined;
}

/**
 * Checks lengths, rows, and finite targets and offsets.
 *
 * @throws DayTradeError `learner.input-invalid` naming field and row
 */
export function checkTrainingData(data: TrainingData): CheckedData {
  const { matrix, target, offset, bins } = data;
  checkMatrix(matrix);
  const rows = resolveRows(matrix, data.rows);
  if (rows.length === 0) throw inputInvalid('rows', 'no rows', 'at least one row to learn from');
  for (const [name, values] of Object.entries({ target, offset })) {
    if (values && values.length !== matrix.rows) {
      throw inputInvalid(name, `${values.length} values`, `one for each of the ${matrix.rows} rows of the matrix`);
    }
  }
  if (data.rows !== undefined) checkOnce(matrix.rows, rows);
  checkValues(rows, target, offset);
  if (bins) checkBins(bins, matrix);
  return { matrix, target, rows, offset, bins };
}

function checkOnce(size: number, rows: Int32Array): void {
  const seen = new Uint8Array(size);
  for (const [i, row] of rows.entries()) {
    if (seen[row]) throw inputInvalid(`rows[${i}]`, `row ${row} again`, 'each row once');
    seen[row] = 1;
  }
}

function checkValues(rows: Int32Array, target: Float64Array, offset?: Float64Array): void {
  for (const row of rows) {
    if (!Number.isFinite(target[row])) throw inputInvalid(`target[${row}]`, target[row], 'a finite number');
    if (offset && !Number.isFinite(offset[row])) throw inputInvalid(`offset[${row}]`, offset[row], 'a finite number');
  }
}

function checkBins(bins: BinnedColumns, matrix: Matrix): void {
  checkNames(bins.names, matrix.names);
  if (bins.rows !== matrix.rows)
    throw inputInvalid('bins', `${bins.rows} rows`, `the ${matrix.rows} rows of the matrix`);
}
