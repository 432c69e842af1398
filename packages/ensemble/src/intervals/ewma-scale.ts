/** Decay of the variance a session (RiskMetrics 1996). */
const decay = 0.94;

/** Returns of a symbol before it has a scale. */
export const scaleStartUp = 20;

/** Smallest scale, 1 bp of log return: a price that did not move for weeks must not make scores infinite. */
const floor = 1e-4;

/**
 * v[t] of each row (t * symbols + s): square root of v2 = 0.94 v2 + 0.06 y2 over the next-session log returns that are known at t,
 * which are those of the rows before. It starts as the mean square of a symbol's first 20 returns; NaN before. A missing return
 * leaves it as it was.
 *
 * @param label next-session log return by row, NaN where there is none
 */
export function ewmaScale(label: Float64Array, symbols: number): Float64Array {
  const scale = new Float64Array(label.length).fill(NaN);
  for (let s = 0; s < symbols; s += 1) {
    let variance = 0;
    let seen = 0;
    for (let row = s; row < label.length; row += symbols) {
      if (seen >= scaleStartUp) scale[row] = Math.max(floor, Math.sqrt(variance));
      const square = label[row]! ** 2;
      if (Number.isNaN(square)) continue;
      seen += 1;
      variance = seen <= scaleStartUp ? variance + (square - variance) / seen : decay * variance + (1 - decay) * square;
    }
  }
  return scale;
}
