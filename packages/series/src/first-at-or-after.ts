/** Place of the first of some rising instants that is not before another one; their number when all are before it. */
export function firstAtOrAfter(times: ArrayLike<number>, instant: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
