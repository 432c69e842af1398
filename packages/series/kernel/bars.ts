import { pairAt, setPairAt } from './lanes';
import { Numbers } from './operator';

/**
 * Leaves the rows that are bars: positive prices and a volume that is not negative, all finite. In the others all five
 * become NaN.
 *
 * @param gaps becomes 0 in the rows that have a bar, NaN in the others
 */
export function keepBars(
  count: i32,
  open: Numbers,
  high: Numbers,
  low: Numbers,
  close: Numbers,
  volume: Numbers,
  gaps: Numbers,
): void {
  const zero = f64x2.splat(0);
  const infinity = f64x2.splat(Infinity);
  for (let row = 0; row < count; row += 2) {
    const opens = pairAt(open, row);
    const highs = pairAt(high, row);
    const lows = pairAt(low, row);
    const closes = pairAt(close, row);
    const volumes = pairAt(volume, row);
    // A comparison with NaN is false.
    const arePositive = v128.and(
      v128.and(f64x2.gt(opens, zero), f64x2.gt(highs, zero)),
      v128.and(f64x2.gt(lows, zero), f64x2.gt(closes, zero)),
    );
    const areFinite = v128.and(
      v128.and(v128.and(f64x2.lt(opens, infinity), f64x2.lt(highs, infinity)), f64x2.lt(volumes, infinity)),
      v128.and(f64x2.lt(lows, infinity), f64x2.lt(closes, infinity)),
    );
    const gap = v128.not(v128.and(v128.and(arePositive, areFinite), f64x2.ge(volumes, zero)));
    setPairAt(open, row, v128.or(opens, gap));
    setPairAt(high, row, v128.or(highs, gap));
    setPairAt(low, row, v128.or(lows, gap));
    setPairAt(close, row, v128.or(closes, gap));
    setPairAt(volume, row, v128.or(volumes, gap));
    setPairAt(gaps, row, gap);
  }
}

/** Rounds `count` numbers to 32 bits, one behind the other from address `to` on, where there is room for three more. */
export function roundRows(count: i32, from: Numbers, to: usize): void {
  for (let row = 0; row < count; row += 4) {
    const first = f32x4.demote_f64x2_zero(pairAt(from, row));
    const second = f32x4.demote_f64x2_zero(pairAt(from, row + 2));
    v128.store(to + ((row as usize) << 2), i64x2.shuffle(first, second, 0, 2));
  }
}
