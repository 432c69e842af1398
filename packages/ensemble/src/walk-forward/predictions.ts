import { sharedArray } from '@daytrade/series';
import type { ModelPredictions } from '../members/ensemble-models.ts';

/**
 * Predictions by dataset row (t * symbols + s), NaN where there is none: what each member says of z, the scale head's
 * factor on the EWMA scale, the quantile head's ends, and the yardstick's factor.
 */
export type Predictions = ModelPredictions & { readonly har: Float64Array };

/** Predictions of nothing yet, on SharedArrayBuffers. */
export function emptyPredictions(rows: number, members: number): Predictions {
  const column = () => sharedArray(rows).fill(NaN);
  return {
    centres: Array.from({ length: members }, column),
    scaleFactor: column(),
    quantiles: { lower: column(), upper: column() },
    har: column(),
  };
}

/** Writes predictions of some rows to their places. */
export function writePredictions(target: Predictions, rows: Int32Array, source: ModelPredictions): void {
  for (const [i, row] of rows.entries()) {
    for (const [member, centre] of target.centres.entries()) centre[row] = source.centres[member]![i]!;
    target.scaleFactor[row] = source.scaleFactor[i]!;
    target.quantiles.lower[row] = source.quantiles.lower[i]!;
    target.quantiles.upper[row] = source.quantiles.upper[i]!;
    target.har[row] = source.har?.[i] ?? 1;
  }
}
