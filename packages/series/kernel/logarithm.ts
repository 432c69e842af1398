import { addressOf, bytes, setPairAt } from './lanes';
import { Numbers, Operator } from './operator';

/**
 * Natural logarithm, NaN of 0 and below: within two units in the last place of the exact one.
 *
 * A number is 2^k * z with z from 0.6875 to 1.375, and c is the middle of the one of 256 intervals in which z lies
 * (Tang 1990): ln(2^k * z) = k * ln 2 + ln c + ln(1 + r) with r = (z - c) / c, the last from the series r - r^2 / 2 +
 * r^3 / 3 - ...
 */
export class Logarithm extends Operator {
  // Fields that never change: engines rebuild a constant of two lanes in each turn of a loop, but keep a field that was
  // read before it.
  private firstInterval: f64 = 0.6875;
  private exponentBits: u64 = 0xfff0000000000000;
  private ln2High: f64 = ln2High;
  private ln2Low: f64 = Math.LN2 - ln2High + 2.3190468138462996e-17;
  private second: f64 = -1 / 2;
  private third: f64 = 1 / 3;
  private fourth: f64 = -1 / 4;
  private fifth: f64 = 1 / 5;
  private sixth: f64 = -1 / 6;
  private seventh: f64 = 1 / 7;

  take(count: i32, _width: i32, _gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    const firstInterval = f64x2.splat(this.firstInterval);
    const exponentBits = i64x2.splat(this.exponentBits);
    const ln2High = f64x2.splat(this.ln2High);
    const ln2Low = f64x2.splat(this.ln2Low);
    const second = f64x2.splat(this.second);
    const third = f64x2.splat(this.third);
    const fourth = f64x2.splat(this.fourth);
    const fifth = f64x2.splat(this.fifth);
    const sixth = f64x2.splat(this.sixth);
    const seventh = f64x2.splat(this.seventh);
    const table = changetype<usize>(intervals);
    for (let row = 0; row < count; row += 2) {
      // As integers they are looked at one by one: what adds and multiplies pairs is busy enough.
      const at = addressOf(x, row);
      const bits0 = load<u64>(at);
      const bits1 = load<u64>(at, bytes);
      const pair = v128.load(at);
      if (bits0 - leastBits >= usualBits || bits1 - leastBits >= usualBits) {
        setPairAt(output, row, this.ofUnusual(pair));
        continue;
      }
      // Distance of the bits from those of 0.6875: k in the first twelve of them, the interval in the next eight.
      const distance = i64x2.sub(pair, firstInterval);
      const z = i64x2.sub(pair, v128.and(distance, exponentBits));
      const k = f64x2.convert_low_i32x4_s(i32x4.shr_s(i32x4.shuffle(distance, distance, 1, 3, 1, 3), 20));
      const interval0 = table + ((((bits0 - firstIntervalBits) >> (44 - 5)) as usize) & intervalMask);
      const interval1 = table + ((((bits1 - firstIntervalBits) >> (44 - 5)) as usize) & intervalMask);
      const middleAndInverse0 = v128.load(interval0);
      const middleAndInverse1 = v128.load(interval1);
      const middle = i64x2.shuffle(middleAndInverse0, middleAndInverse1, 0, 2);
      const inverse = i64x2.shuffle(middleAndInverse0, middleAndInverse1, 1, 3);
      const ofMiddle = v128.load64_lane(interval1, v128.load64_zero(interval0, 16), 1, 16);
      const ratio = f64x2.mul(f64x2.sub(z, middle), inverse);
      const square = f64x2.mul(ratio, ratio);
      const secondAndThird = f64x2.mul(square, f64x2.add(second, f64x2.mul(ratio, third)));
      const fourthAndFifth = f64x2.add(fourth, f64x2.mul(ratio, fifth));
      const sixthAndSeventh = f64x2.mul(square, f64x2.add(sixth, f64x2.mul(ratio, seventh)));
      const fourthOn = f64x2.mul(f64x2.mul(square, square), f64x2.add(fourthAndFifth, sixthAndSeventh));
      const low = f64x2.add(f64x2.mul(k, ln2Low), f64x2.add(secondAndThird, fourthOn));
      const high = f64x2.add(f64x2.mul(k, ln2High), ofMiddle);
      setPairAt(output, row, f64x2.add(high, f64x2.add(ratio, low)));
    }
  }

  /** The slow path for two numbers of which one is not positive, is subnormal, infinite or NaN. */
  private ofUnusual(pair: v128): v128 {
    return f64x2(this.of(f64x2.extract_lane(pair, 0)), this.of(f64x2.extract_lane(pair, 1)));
  }

  private of(value: f64): f64 {
    if (!(value > 0) || value === Infinity) return NaN;
    if (value < f64.MIN_NORMAL_VALUE) return this.of(value * lift) - liftExponent * Math.LN2;
    single[0] = value;
    single[1] = 1;
    this.take(1, 1, single, single, single, single);
    return single[0];
  }
}

/**
 * Table by interval: middle c, 1 / c, ln c and an unused place; written from outside. The middle is 1 for the two that
 * touch it, so that a logarithm near 0 keeps all its digits.
 */
export const intervals: Numbers = new StaticArray<f64>(4 * 256);
const bytesOfInterval: usize = 4 * sizeof<f64>();
const intervalMask: usize = 255 * bytesOfInterval;
const firstIntervalBits: u64 = 0x3fe6000000000000;
/** Those of the least number that has all its digits, and how far from them those of infinity are. */
const leastBits: u64 = 0x0010000000000000;
const usualBits: u64 = 0x7ff0000000000000 - leastBits;

/** ln 2 without its last digits: its product with k is exact. */
const ln2High: f64 = reinterpret<f64>(0x3fe62e4200000000);
/** 2^54 brings a number with few digits among those that have all. */
const lift: f64 = 18014398509481984;
const liftExponent: f64 = 54;
/** A number, and one that makes it a pair. */
const single: Numbers = [1, 1];
