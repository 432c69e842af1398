import type { BinnedMatrix } from './binning/binned-matrix.ts';
import { inputInvalid } from './input-invalid.ts';
import { checkMatrix, type Matrix, resolveRows } from './matrix.ts';

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
  readonly bins?: BinnedMatrix;
}

/** Training data that was checked, with its rows filled in. */
export interface CheckedData extends TrainingData {
  readonly rows: Int32Array;
}

/**
 * Checks lengths, rows, and finite targets and offsets.
 *
 * @throws DayTradeError `learner.input-invalid` naming field and row
 */
export function checkTrainingData(data: TrainingData): CheckedData {
  const { matrix, target, offset } = data;
  checkMatrix(matrix);
  const rows = resolveRows(matrix, data.rows);
  if (rows.length === 0) throw inputInvalid('rows', 'no rows', 'at least one row to learn from');
  for (const [name, values] of Object.entries({ target, offset })) {
    if (values && values.length !== matrix.rows) {
      throw inputInvalid(name, `${values.length} values`, `one for each of the ${matrix.rows} rows of the matrix`);
    }
  }
  checkValues(rows, target, offset);
  return { ...data, rows };
}

function checkValues(rows: Int32Array, target: Float64Array, offset?: Float64Array): void {
  for (const row of rows) {
    if (!Number.isFinite(target[row])) throw inputInvalid(`target[${row}]`, target[row], 'a finite number');
    if (offset && !Number.isFinite(offset[row])) throw inputInvalid(`offset[${row}]`, offset[row], 'a finite number');
  }
}
