import type { BinnedMatrix } from './binning/binned-matrix.ts';
import { everyRow, type Matrix } from './matrix.ts';

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

export interface RowData extends TrainingData {
  readonly rows: Int32Array;
}

export function withRows(data: TrainingData): RowData {
  return { ...data, rows: data.rows ?? everyRow(data.matrix) };
}
