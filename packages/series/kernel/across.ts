import { pairAt, setPairAt } from './lanes';
import { Numbers, Operator } from './operator';

/** Statistics over the symbols of a session: one row per session. */
abstract class Summary extends Operator {
  take(count: i32, width: i32, _gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    for (let k = 0; k * width < count; k += 1) output[k] = this.summary(x, k * width, (k + 1) * width);
  }

  protected abstract summary(x: Numbers, from: i32, to: i32): f64;
}

/** Mean of the symbols' known numbers at a session; NaN without a known number. */
export class MeanAcross extends Summary {
  protected summary(x: Numbers, from: i32, to: i32): f64 {
    return meanOf(x, from, to);
  }
}

/** Sample deviation of the symbols' known numbers at a session; NaN below two. */
export class DeviationAcross extends Summary {
  protected summary(x: Numbers, from: i32, to: i32): f64 {
    const mean = meanOf(x, from, to);
    let squares: f64 = 0;
    let count: f64 = 0;
    for (let row = from; row < to; row += 1) {
      if (!isFinite(x[row])) continue;
      squares += (x[row] - mean) * (x[row] - mean);
      count += 1;
    }
    return count < 2 ? NaN : Math.sqrt(squares / (count - 1));
  }
}

/** Share of the symbols' known numbers at a session that are above 0. */
export class PositiveShareAcross extends Summary {
  protected summary(x: Numbers, from: i32, to: i32): f64 {
    let positive = 0;
    let count = 0;
    for (let row = from; row < to; row += 1) {
      positive += (x[row] > 0) as i32;
      count += isFinite(x[row]) as i32;
    }
    return (positive as f64) / (count as f64);
  }
}

/** A number of the session, for each symbol that has a bar. */
export class EverySymbol extends Operator {
  take(count: i32, width: i32, gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    for (let k = 0; k * width < count; k += 1) {
      const value = f64x2.splat(x[k]);
      for (let row = k * width; row < (k + 1) * width; row += 2)
        setPairAt(output, row, v128.or(value, pairAt(gaps, row)));
    }
  }
}

function meanOf(x: Numbers, from: i32, to: i32): f64 {
  let sum: f64 = 0;
  let count: f64 = 0;
  for (let row = from; row < to; row += 1) {
    if (!isFinite(x[row])) continue;
    sum += x[row];
    count += 1;
  }
  return sum / count;
}
