/** Positions of rows, oldest first; rows of one time as they stand. */
export function timeOrder(times: Float64Array): Uint32Array {
  const order = new Uint32Array(times.length);
  let rises = true;
  for (let row = 0; row < times.length; row += 1) {
    order[row] = row;
    rises &&= row === 0 || times[row]! >= times[row - 1]!;
  }
  return rises ? order : order.sort((a, b) => times[a]! - times[b]! || a - b);
}
