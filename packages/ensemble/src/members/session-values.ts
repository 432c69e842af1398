import { averageRanks } from '../metrics/ranks.ts';

/** The known values less their mean; NaN stays NaN. */
export function lessMean(values: Float64Array): Float64Array {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  const mean = count === 0 ? 0 : sum / count;
  return values.map((value) => value - mean);
}

/** Ranks with mean 0 and the variance that many symbols have, 1; ties share their middle. 0 for one value alone. */
export function centredRanks(values: Float64Array): Float64Array {
  const middle = (values.length + 1) / 2;
  return averageRanks(values).map((rank) => (Math.sqrt(12) * (rank - middle)) / values.length);
}
