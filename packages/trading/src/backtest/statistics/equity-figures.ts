/** Returns of sessions, each on what there was before it. */
export function returnsOf(equity: Float64Array, cash: number): Float64Array {
  return equity.map((value, i) => value / (i === 0 ? cash : equity[i - 1]!) - 1);
}

/** The deepest fall from a peak, as a share of the peak. */
export function maxDrawdown(equity: ArrayLike<number>, cash: number): number {
  let [peak, deepest] = [cash, 0];
  for (let i = 0; i < equity.length; i += 1) {
    peak = Math.max(peak, equity[i]!);
    deepest = Math.max(deepest, 1 - equity[i]! / peak);
  }
  return deepest;
}
