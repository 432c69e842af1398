import type { BinnedMatrix } from './binning/binned-matrix.ts';
import type { Matrix } from './matrix.ts';

/**
 * What a learner trains on. `target`, `weights` and `offset` have one entry a row of the matrix; only the entries of the rows
 * that are used are looked at, so the caller hands in the whole panel and row indices and copies nothing.
 */
export interface TrainingData {
  readonly matrix: Matrix;
  readonly target: Float64Array;
  /** Rows to learn from. Default every row. */
  readonly rows?: Int32Array;
  /** Rows whose loss decides when boosting stops; they are never learned from. The split in time is the caller's business. */
  readonly validationRows?: Int32Array;
  /** Weight of each row, 0 or more. Default 1. */
  readonly weights?: Float64Array;
  /** What is known of each row before training, on the scale of the link (`log` for gamma, log-odds for logistic). Default 0. */
  readonly offset?: Float64Array;
  /** Bins of the same matrix, to share them between trainings; trees only. Default: made from `rows`. */
  readonly bins?: BinnedMatrix;
}
