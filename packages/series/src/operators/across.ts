import type { Operator } from '../operator.ts';
import { Series } from '../series.ts';

/** Mean of the symbols' known numbers at a session; NaN when there is none. */
export function meanAcross(of: Series): Series {
  return new Series(`mean across(${of.formula})`, [of], () => ofEachSession(meanOf), 'session');
}

/** Sample deviation of the symbols' known numbers at a session; NaN below two. */
export function deviationAcross(of: Series): Series {
  return new Series(`deviation across(${of.formula})`, [of], () => ofEachSession(deviationOf), 'session');
}

/** Share of the symbols' known numbers at a session that are above 0. */
export function positiveShareAcross(of: Series): Series {
  return new Series(`positive share across(${of.formula})`, [of], () => ofEachSession(positiveShareOf), 'session');
}

/** A number of the session, for each symbol that has a bar. */
export function everySymbol(of: Series): Series {
  return new Series(`every symbol(${of.formula})`, [of], () => spread, 'symbol');
}

/** What the numbers of one session, `from` to before `to`, say together. */
type Summary = (numbers: Float64Array, from: number, to: number) => number;

function ofEachSession(summary: Summary): Operator {
  return {
    apply({ count, width }, [input], output) {
      for (let k = 0; k * width < count; k += 1) output[k] = summary(input!, k * width, (k + 1) * width);
    },
  };
}

const spread: Operator = {
  apply({ count, width, present }, [input], output) {
    for (let k = 0; k * width < count; k += 1) {
      const value = input![k]!;
      for (let row = k * width; row < (k + 1) * width; row += 1) output[row] = present[row] === 1 ? value : NaN;
    }
  },
};

function meanOf(numbers: Float64Array, from: number, to: number): number {
  let sum = 0;
  let count = 0;
  for (let row = from; row < to; row += 1) {
    if (!Number.isFinite(numbers[row]!)) continue;
    sum += numbers[row]!;
    count += 1;
  }
  return sum / count;
}

function deviationOf(numbers: Float64Array, from: number, to: number): number {
  const mean = meanOf(numbers, from, to);
  let squares = 0;
  let count = 0;
  for (let row = from; row < to; row += 1) {
    if (!Number.isFinite(numbers[row]!)) continue;
    squares += (numbers[row]! - mean) ** 2;
    count += 1;
  }
  return count < 2 ? NaN : Math.sqrt(squares / (count - 1));
}

function positiveShareOf(numbers: Float64Array, from: number, to: number): number {
  let positive = 0;
  let count = 0;
  for (let row = from; row < to; row += 1) {
    if (!Number.isFinite(numbers[row]!)) continue;
    if (numbers[row]! > 0) positive += 1;
    count += 1;
  }
  return positive / count;
}
