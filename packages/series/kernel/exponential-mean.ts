import { pairAt, setPairAt, unknown } from './lanes';
import { Numbers, Operator } from './operator';
import { ofEach } from './windows';

/**
 * Exponentially weighted mean of the known numbers so far: weight `decay^k` for the number k before the newest, divided
 * by the sum of the weights (so the first numbers are not biased towards a start value). NaN until there were
 * `minimum`.
 */
export class ExponentialMean extends Operator {
  /** Numbers that a symbol had. */
  private taken: Numbers;
  private sums: Numbers;
  private weights: Numbers;

  constructor(
    width: i32,
    private decay: f64,
    private minimum: f64,
  ) {
    super();
    this.taken = ofEach(width, 0);
    this.sums = ofEach(width, 0);
    this.weights = ofEach(width, 0);
  }

  take(count: i32, width: i32, gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    const taken = this.taken;
    const sums = this.sums;
    const weights = this.weights;
    const decay = f64x2.splat(this.decay);
    const minimum = f64x2.splat(this.minimum);
    const one = f64x2.splat(1);
    const noGap = f64x2.splat(0);
    for (let first = 0; first < count; first += width) {
      for (let s = 0; s < width; s += 2) {
        const value = pairAt(x, first + s);
        const isUnknown = unknown(value);
        const oldSum = pairAt(sums, s);
        const oldWeight = pairAt(weights, s);
        let sum = f64x2.add(f64x2.mul(decay, oldSum), value);
        let weight = f64x2.add(f64x2.mul(decay, oldWeight), one);
        let number = f64x2.add(pairAt(taken, s), one);
        let gap = noGap;
        if (i64x2.bitmask(isUnknown) !== 0) {
          sum = v128.bitselect(oldSum, sum, isUnknown);
          weight = v128.bitselect(oldWeight, weight, isUnknown);
          number = f64x2.sub(number, v128.and(one, isUnknown));
          gap = pairAt(gaps, first + s);
        }
        setPairAt(sums, s, sum);
        setPairAt(weights, s, weight);
        setPairAt(taken, s, number);
        const isMissing = v128.or(gap, f64x2.lt(number, minimum));
        setPairAt(output, first + s, v128.or(f64x2.div(sum, weight), isMissing));
      }
    }
  }
}
