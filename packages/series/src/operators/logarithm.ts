import type { Operator } from '../operator.ts';

/**
 * Natural logarithm, NaN of 0 and below: within two units in the last place of `Math.log`, and without a call for each number, which
 * the many logarithms of features would spend a fifth of their time on.
 *
 * A number is 2^k * z with z from 0.6875 to 1.375, and c is the middle of the one of 256 intervals in which z lies (Tang 1990):
 * ln(2^k * z) = k * ln 2 + ln c + ln(1 + (z - c) / c), the last from a short series.
 */
export const logarithm: Operator = {
  apply({ count }, [x], output) {
    const words = new Int32Array(x!.buffer, x!.byteOffset, 2 * count);
    for (let row = 0; row < count; row += 1) {
      const value = x![row]!;
      const highWord = words[2 * row + highWordAt]!;
      if (highWord < leastNormal || highWord >= infinity) {
        const logarithm = Math.log(value);
        output[row] = Number.isFinite(logarithm) ? logarithm : NaN;
        continue;
      }
      const distance = highWord - firstWord;
      const k = distance >> exponentShift;
      const interval = (distance >> intervalShift) & lastInterval;
      const ratio = (value * scales[k + scaleOfOne]! - middles[interval]!) * inverses[interval]!;
      const square = ratio * ratio;
      const beyondFirst =
        square * (-1 / 2 + ratio * (1 / 3)) +
        square * square * (-1 / 4 + ratio * (1 / 5) + square * (-1 / 6 + ratio * (1 / 7)));
      output[row] = k * ln2High + logarithms[interval]! + (ratio + (k * ln2Low + beyondFirst));
    }
  },
};

/** Which of the two words of a number has its sign, exponent and first digits. */
const highWordAt = new Int32Array(Float64Array.of(1).buffer)[1] === 0 ? 0 : 1;
/** High words of the smallest number with all digits, of infinity, and of the 0.6875 with which the intervals begin. */
const leastNormal = 0x00100000;
const infinity = 0x7ff00000;
const firstWord = 0x3fe60000;
const exponentShift = 20;
const intervalShift = 12;
const lastInterval = 255;

/** ln 2 in two parts, the first with so few digits that its product with k is exact. */
const ln2High = fromWords(highWordOf(Math.LN2), 0);
const ln2Low = Math.LN2 - ln2High + 2.3190468138462996e-17;

/** 2^-k at k + `scaleOfOne`. */
const scaleOfOne = 1022;
const scales = Float64Array.from({ length: 2048 }, (_, i) => 2 ** (scaleOfOne - i));

/** The middle of each interval; 1 for the two that touch it, so that a logarithm near 0 keeps all its digits. */
const middles = Float64Array.from({ length: lastInterval + 1 }, (_, i) => {
  const from = fromWords(firstWord + (i << intervalShift), 0);
  const to = fromWords(firstWord + ((i + 1) << intervalShift), 0);
  return from === 1 || to === 1 ? 1 : (from + to) / 2;
});
const inverses = middles.map((middle) => 1 / middle);
const logarithms = middles.map((middle) => Math.log(middle));

function fromWords(high: number, low: number): number {
  const words = highWordAt === 1 ? [low, high] : [high, low];
  return new Float64Array(Int32Array.from(words).buffer)[0]!;
}

function highWordOf(value: number): number {
  return new Int32Array(Float64Array.of(value).buffer)[highWordAt]!;
}
