import type { FeatureMatrix, LogReturnColumn, Panel } from '@daytrade/series';

/** The dates a pipeline puts on its rows, one a session of the panel. Days since 1970-01-01. */
export interface RowDates {
  /** The session after whose close the row is known. */
  readonly day: Int32Array;
  /** The session the row's prediction is for. */
  readonly predictedDay: Int32Array;
}

/** One training and what is judged with it: sessions of the panel, by index. */
export interface AuditedSplit {
  readonly training: Int32Array;
  readonly test: Int32Array;
}

/**
 * What a training learned of each column by itself, by the statistic's name: one list of numbers a column of the
 * matrix.
 */
export type ColumnStatistics = Readonly<Record<string, readonly ArrayLike<number>[]>>;

/**
 * What the leak audit looks at: the way from a panel to training rows, in the parts where the future can slip in. Each
 * part is a pure function of the panel, so that the audit can call it again on less, or on other, data. Rows are
 * (session t, symbol s) at `t * symbols + s`.
 */
export interface AuditedPipeline {
  readonly name: string;
  features(panel: Panel): FeatureMatrix;
  /** The label of each row; NaN where it is not known. */
  label(panel: Panel): LogReturnColumn;
  dates(panel: Panel): RowDates;
  /** 1 for each row that takes part, as training row or forecast; 0 for the others. */
  universe(panel: Panel): Uint8Array;
  /** Trainings in time order; empty when the panel is too short for one. */
  splits(panel: Panel): readonly AuditedSplit[];
  /** Sessions to keep free between the last label of a training and the first judged row. */
  readonly embargo: number;
  /**
   * What a training on `rows` learns of the columns to scale them: means, deviations, edges of bins. The other rows are
   * in the matrix, and must not matter.
   */
  scaler(matrix: FeatureMatrix, label: Float64Array, rows: Int32Array): ColumnStatistics;
  /**
   * Forecasts of the `judged` rows, one each, by a training on the `training` rows with the labels that are handed in.
   */
  forecast(matrix: FeatureMatrix, label: Float64Array, training: Int32Array, judged: Int32Array): Float64Array;
}
