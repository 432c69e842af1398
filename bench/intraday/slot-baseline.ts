import type { Panel, SessionPath } from '@daytrade/series';
import { targetMiss } from '../ensemble/winkler.ts';

/** Decay of the EWMA scale of daily returns, and the returns that it starts from. */
const decay = 0.94;
const startUp = 20;

/**
 * Half-widths of "quantile by time of day x EWMA": v is the EWMA scale of the daily returns up to yesterday; at each
 * time of the day the half-width is v times the 93 % quantile of |y| / v over all earlier days and symbols, where y =
 * ln(close / price now). Row `t * symbols + s`; NaN where nothing is known.
 *
 * @param price the price now by that row
 */
export function slotHalfWidths(panel: Panel, path: SessionPath, price: Float64Array): Float64Array {
  const symbols = panel.symbols.length;
  const scale = dailyScale(panel);
  const half = new Float64Array(price.length).fill(NaN);
  const earlier: number[] = [];
  for (let t = path.from; t < panel.days.length; t += 1) {
    const sorted = Float64Array.from(earlier).sort();
    const quantile = sorted[Math.ceil((1 - targetMiss) * sorted.length) - 1] ?? NaN;
    for (let row = t * symbols; row < (t + 1) * symbols; row += 1) {
      half[row] = quantile * scale[row]!;
      const score = Math.abs(Math.log(panel.close[row]! / price[row]!)) / scale[row]!;
      if (Number.isFinite(score)) earlier.push(score);
    }
  }
  return half;
}

/** v of each row, known before its session. */
function dailyScale({ close, symbols }: Panel): Float64Array {
  const count = symbols.length;
  const scale = new Float64Array(close.length).fill(NaN);
  for (let s = 0; s < count; s += 1) {
    let [variance, seen, last] = [0, 0, NaN];
    for (let row = s; row < close.length; row += count) {
      if (seen >= startUp) scale[row] = Math.sqrt(variance);
      const square = Math.log(close[row]! / last) ** 2;
      if (!Number.isNaN(close[row]!)) last = close[row]!;
      if (Number.isNaN(square)) continue;
      seen += 1;
      variance += (seen <= startUp ? 1 / seen : 1 - decay) * (square - variance);
    }
  }
  return scale;
}
