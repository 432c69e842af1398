/** Where the factor between two sources changes for good. */
export interface Step {
  /** First row of the new level. */
  readonly at: number;
  /** Change of the logarithm of the factor. */
  readonly size: number;
}

/** The factor between two sources, row by row, without the bars that deviate from it. */
export interface PriceLevels {
  /** Logarithms. */
  readonly levels: Float64Array;
  readonly steps: readonly Step[];
}

/** Rows of a level that its median is taken of. */
const medianRows = 21;
/** Rows that have to agree with a deviating one before it is a new level. */
const rowsAhead = 2;

/**
 * Follows the factor between two sources. A row that deviates while the rows after it agree with it begins a new
 * level; one that stands alone does not change it.
 *
 * @param logRatios logarithm of close over close
 * @param tolerance how far a row may lie from its level
 */
export function levelsOf(logRatios: Float64Array, tolerance: number): PriceLevels {
  const levels = new Float64Array(logRatios.length);
  const steps: Step[] = [];
  let recent = [medianOf(logRatios.subarray(0, 5))];
  for (const [at, ratio] of logRatios.entries()) {
    const level = medianOf(recent);
    const isNear = Math.abs(ratio - level) <= tolerance;
    if (!isNear && staysAt(logRatios, at, tolerance)) {
      steps.push({ at, size: ratio - level });
      recent = [ratio];
    } else if (isNear) recent = [...recent, ratio].slice(-medianRows);
    levels[at] = medianOf(recent);
  }
  return { levels, steps };
}

function staysAt(logRatios: Float64Array, at: number, tolerance: number): boolean {
  const ahead = logRatios.subarray(at + 1, at + 1 + rowsAhead);
  return ahead.length > 0 && ahead.every((ratio) => Math.abs(ratio - logRatios[at]!) <= tolerance);
}

/** The median; 0 of nothing. */
export function medianOf(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return 0;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
