import type { TreeOptions } from '@daytrade/learners';
import type { RowsFile } from './rows-file.ts';

/** The libraries that trees are compared with. */
export type PeerLibrary = 'lightgbm' | 'catboost' | 'scikit-learn';

/** What the peer gets beside the task: the same settings under its own names. */
export interface PeerSettings {
  readonly library: PeerLibrary;
  readonly parameters: Readonly<Record<string, number | string | boolean>>;
}

/** Train on rows, then judge on others. */
export interface FitTask {
  readonly kind: 'fit';
  readonly rows: RowsFile;
  readonly holdout: RowsFile;
  readonly options: TreeOptions;
  /** Where the model is kept, when it is used again. */
  readonly model?: string;
}

/**
 * CPU seconds of binning and training; peak memory of the process up to the end of the training; error on the holdout
 * rows.
 */
export interface FitResult {
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly rmse: number;
}

/** Predict single rows, call after call. */
export interface OneRowTask {
  readonly kind: 'one-row';
  readonly model: string;
  readonly holdout: RowsFile;
  readonly warmUp: number;
  readonly calls: number;
}

/** Microseconds of one call, by the clock. */
export interface OneRowResult {
  readonly p50: number;
  readonly p99: number;
}

/** Predict many rows with one call. */
export interface BatchTask {
  readonly kind: 'batch';
  readonly model: string;
  readonly holdout: RowsFile;
  readonly repeats: number;
}

/** Rows a CPU second, of the fastest repeat. */
export interface BatchResult {
  readonly rowsPerSecond: number;
}

export type LearnerTask = FitTask | OneRowTask | BatchTask;
