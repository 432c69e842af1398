import { firstAfter, firstAtOrAfter, meanOf } from '@daytrade/series';

/** Ranks from 1, ties sharing their mean rank. NaN is not allowed. */
export function averageRanks(values: ArrayLike<number>): Float64Array {
  // Numbers alone sort far faster than their places; where each stands is then looked up.
  const sorted = Float64Array.from(values).sort();
  const ranks = new Float64Array(values.length);
  for (let i = 0; i < values.length; i += 1) {
    ranks[i] = (firstAtOrAfter(sorted, values[i]!) + firstAfter(sorted, values[i]!) + 1) / 2;
  }
  return ranks;
}

/** Spearman's rank correlation; NaN below two values or when one side is constant. */
export function rankCorrelation(first: ArrayLike<number>, second: ArrayLike<number>): number {
  return linearCorrelation(averageRanks(first), averageRanks(second));
}

/** Pearson's correlation; NaN below two values or when one side is constant. */
export function linearCorrelation(first: ArrayLike<number>, second: ArrayLike<number>): number {
  // A sum divided by its length may differ from a constant by rounding, which must not look like a deviation.
  if (isConstant(first) || isConstant(second)) return NaN;
  const firstMean = meanOf(first);
  const secondMean = meanOf(second);
  let products = 0;
  let firstSquares = 0;
  let secondSquares = 0;
  for (let i = 0; i < first.length; i += 1) {
    const a = first[i]! - firstMean;
    const b = second[i]! - secondMean;
    products += a * b;
    firstSquares += a * a;
    secondSquares += b * b;
  }
  return products / Math.sqrt(firstSquares * secondSquares);
}

function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i += 1) if (values[i] !== values[0]) return false;
  return true;
}
