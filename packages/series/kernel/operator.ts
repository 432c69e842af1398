export type Numbers = StaticArray<f64>;

/**
 * One step of the computation of features, with what it has to remember of each symbol. It takes the rows of sessions
 * in order, of one session or of many at a time: its values are the same to the bit, since the loop over them is its
 * own.
 *
 * Rows are of one or several sessions: row `k * width + s` is symbol s at the k-th of them. A number is finite or NaN,
 * "not known", which it is where a symbol has no bar. Windows and means do not take a NaN: at a bar they then stay what
 * they were.
 *
 * Symbols are taken two at a time. With an odd width the last lane is padding; its state and output are ignored.
 */
export abstract class Operator {
  /**
   * Writes `output[0..count)` from the same rows of the inputs.
   *
   * @param gaps 0 in the rows that have a bar, NaN in the others
   * @param y the second input, of those that have two
   */
  abstract take(count: i32, width: i32, gaps: Numbers, x: Numbers, y: Numbers, output: Numbers): void;
}
