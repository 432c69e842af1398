/** The rows of one or several sessions, one a symbol in each; of one row a session where it is the same for all symbols. */
export interface Rows {
  /** Rows of all the sessions: row `k * width + s` is symbol s at the k-th of them. */
  readonly count: number;
  /** Rows of one session. */
  readonly width: number;
  /** 1 in the rows that have a bar. */
  readonly present: Uint8Array;
}

/**
 * One step of the computation of features, with what it has to remember of each symbol. It takes the rows of sessions in order,
 * of one session or of many at a time: its values are the same to the bit, since the loop over them is its own.
 *
 * A number is finite or NaN, "not known", which it is where a symbol has no bar. Windows and means do not take a NaN: at a
 * bar they then stay what they were.
 */
export interface Operator {
  /** Writes `output[0..count)` from the same rows of the inputs. */
  apply(rows: Rows, inputs: readonly Float64Array[], output: Float64Array): void;
}
