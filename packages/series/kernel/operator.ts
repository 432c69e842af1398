export type Numbers = StaticArray<f64>;
export type Flags = StaticArray<u8>;

/**
 * One step of the computation of features, with what it has to remember of each symbol. It takes the rows of sessions in order,
 * of one session or of many at a time: its values are the same to the bit, since the loop over them is its own.
 *
 * Rows are of one or several sessions: row `k * width + s` is symbol s at the k-th of them. A number is finite or NaN, "not known",
 * which it is where a symbol has no bar. Windows and means do not take a NaN: at a bar they then stay what they were.
 */
export abstract class Operator {
  /**
   * Writes `output[0..count)` from the same rows of the inputs.
   *
   * @param present 1 in the rows that have a bar
   * @param y the second input, of those that have two
   */
  abstract take(count: i32, width: i32, present: Flags, x: Numbers, y: Numbers, output: Numbers): void;
}
