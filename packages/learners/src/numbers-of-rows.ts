/** A number for each of some rows. `Float64Array.from` would make a list of them all first, several times as large. */
export function numbersOfRows(rows: Int32Array, numberOf: (row: number) => number): Float64Array {
  const numbers = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) numbers[i] = numberOf(rows[i]!);
  return numbers;
}
