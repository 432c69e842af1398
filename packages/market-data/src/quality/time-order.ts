/** The orders of rows that are still in use: each rule asks for that of the same rows. */
const orders = new WeakMap<Float64Array, Uint32Array>();

/** Positions of rows, oldest first; rows of one time as they stand. They are not to be changed. */
export function timeOrder(times: Float64Array): Uint32Array {
  let order = orders.get(times);
  if (order === undefined) {
    order = orderOf(times);
    orders.set(times, order);
  }
  return order;
}

function orderOf(times: Float64Array): Uint32Array {
  const order = new Uint32Array(times.length);
  let rises = true;
  for (let row = 0; row < times.length; row += 1) {
    order[row] = row;
    rises &&= row === 0 || times[row]! >= times[row - 1]!;
  }
  return rises ? order : order.sort((a, b) => times[a]! - times[b]! || a - b);
}
