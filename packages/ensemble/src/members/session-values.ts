import { averageRanks } from '../metrics/ranks.ts';

/** Mean of the values that are known; NaN when none is. */
export function knownMean(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return sum / count;
}

/** The known values less their mean; NaN stays NaN. */
export function lessMean(values: Float64Array): Float64Array {
  const mean = knownMean(values);
  return values.map((value) => value - mean);
}

/** Ranks with mean 0 and the variance that many symbols have, 1; ties share their middle. 0 for one value alone. */
export function centredRanks(values: Float64Array): Float64Array {
  const middle = (values.length + 1) / 2;
  return averageRanks(values).map((rank) => (Math.sqrt(12) * (rank - middle)) / values.length);
}
