/** Neighbours that are put in order one by one before longer runs are merged. */
const shortRun = 8;

/**
 * Rank of each value among the finite ones, in (0, 1), ties at their middle: (values below + half of those equal) / count.
 * NaN stays NaN. Writes `ranks[0..values.length)`.
 */
export function rankAcross(values: Float64Array, ranks: Float64Array): void {
  const order = new Int32Array(values.length);
  let count = 0;
  for (let s = 0; s < values.length; s += 1) {
    if (Number.isFinite(values[s]!)) order[count++] = s;
    else ranks[s] = NaN;
  }
  const rising = sortedByValue(order, count, values);
  for (let first = 0, after = 0; first < count; first = after) {
    const value = values[rising[first]!]!;
    while (after < count && values[rising[after]!] === value) after += 1;
    const rank = (first + after) / 2 / count;
    for (let i = first; i < after; i += 1) ranks[rising[i]!] = rank;
  }
}

/**
 * The first `count` of the places in `order` by rising value: merge sort. It keeps value and place together, so that nothing has to
 * be looked up afterwards, which at a few dozen symbols costs more than the sorting. Uses up `order`.
 */
function sortedByValue(order: Int32Array, count: number, values: Float64Array): Int32Array {
  for (let from = 0; from < count; from += shortRun) {
    sortShortRun(order, from, Math.min(from + shortRun, count), values);
  }
  let sorted = order;
  let merged: Int32Array = new Int32Array(count);
  for (let length = shortRun; length < count; length *= 2) {
    for (let from = 0; from < count; from += 2 * length) {
      const middle = Math.min(from + length, count);
      merge(sorted, merged, from, middle, Math.min(middle + length, count), values);
    }
    [sorted, merged] = [merged, sorted];
  }
  return sorted;
}

function sortShortRun(order: Int32Array, from: number, to: number, values: Float64Array): void {
  for (let i = from + 1; i < to; i += 1) {
    const place = order[i]!;
    const value = values[place]!;
    let free = i;
    for (; free > from && values[order[free - 1]!]! > value; free -= 1) order[free] = order[free - 1]!;
    order[free] = place;
  }
}

/** Merges the runs [from, middle) and [middle, to) of `order` into the same places of `merged`. */
function merge(
  order: Int32Array,
  merged: Int32Array,
  from: number,
  middle: number,
  to: number,
  values: Float64Array,
): void {
  let left = from;
  let right = middle;
  for (let at = from; at < to; at += 1) {
    const takeLeft = right === to || (left < middle && values[order[left]!]! <= values[order[right]!]!);
    merged[at] = takeLeft ? order[left++]! : order[right++]!;
  }
}
