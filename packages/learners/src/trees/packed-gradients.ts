/** Most rows that can be packed: beyond it too few bits are left for a gradient. */
export const mostTrainingRows = 2 ** 24;

/** Rows up to which there are bits enough for all of them to have the largest gradient. */
const rowsOfLargest = 2 ** 22;

/**
 * Gradients of the rows of one tree as exact whole numbers, so that histogram sums do not depend on the order of the
 * rows and a subtraction leaves no rounding. A cell holds one row and its gradient,
 * `unit + round(gradient / gradientScale)`: the sum over many rows is `count * unit + sum of gradients`, exact within
 * the 53 bits of a float64. Fewer rows leave more bits for the gradient (36 bits for 60 rows, 20 for 60,000, 12 for a
 * million). Beyond four million rows that would be too few, and the scale follows from the sums of what there is in
 * place of the largest gradient of all: no sum over some of the rows is larger than that of the positive ones, or of
 * the negative ones.
 */
export interface PackedGradients {
  readonly gradients: PackedNumbers;
  /** In units of `hessianScale`; undefined when each is 1, so that the count is their sum. */
  readonly hessians: PackedNumbers | undefined;
  readonly unit: number;
  readonly gradientScale: number;
  readonly hessianScale: number;
}

/**
 * Numbers that are packed where they are read, `unit + round(value * perScale)`: packed ones of all rows would take as
 * much memory again.
 */
export interface PackedNumbers {
  /** One entry a row of the matrix; only those of the tree's rows count. */
  readonly values: Float64Array;
  readonly unit: number;
  readonly perScale: number;
}

/** Count of rows, sum of gradients and sum of Hessians of some rows, in packed units. */
export interface Sums {
  readonly count: number;
  readonly gradient: number;
  readonly hessian: number;
}

/** The packed gradients (and Hessians) of `rows`. */
export function packGradients(
  rows: Int32Array,
  gradients: Float64Array,
  hessians: Float64Array | undefined,
): PackedGradients {
  const countBits = Math.ceil(Math.log2(rows.length + 1));
  const unit = 2 ** (53 - countBits);
  const gradientScale =
    rows.length <= rowsOfLargest
      ? scaleFor(rows, gradients, Math.floor((unit / 2 - 1) / rows.length))
      : scaleOfSums(rows, gradients, unit / 2 - 1);
  const hessianScale = hessians === undefined ? 1 : scaleFor(rows, hessians, unit);
  return {
    gradients: { values: gradients, unit, perScale: 1 / gradientScale },
    hessians: hessians && { values: hessians, unit: 0, perScale: 1 / hessianScale },
    unit,
    gradientScale,
    hessianScale,
  };
}

/** Sums over rows of a tree. */
export function sumsOf({ gradients, hessians, unit }: PackedGradients, rows: Int32Array): Sums {
  return unpack(sumOf(gradients, rows), hessians === undefined ? rows.length : sumOf(hessians, rows), unit);
}

function sumOf({ values, unit, perScale }: PackedNumbers, rows: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < rows.length; i += 1) sum += unit + Math.floor(values[rows[i]!]! * perScale + 0.5);
  return sum;
}

/** The sums that a cell of a histogram stands for. */
export function unpack(cell: number, hessian: number, unit: number): Sums {
  const count = Math.floor(cell / unit + 0.5);
  return { count, gradient: cell - count * unit, hessian };
}

export function without(whole: Sums, part: Sums): Sums {
  return {
    count: whole.count - part.count,
    gradient: whole.gradient - part.gradient,
    hessian: whole.hessian - part.hessian,
  };
}

function scaleFor(rows: Int32Array, values: Float64Array, largest: number): number {
  let most = 0;
  for (let i = 0; i < rows.length; i += 1) most = Math.max(most, Math.abs(values[rows[i]!]!));
  const scale = most / largest;
  return scale > 0 ? scale : 1;
}

/** The scale in which no sum over some of the rows, each rounded, is larger than `largest`. */
function scaleOfSums(rows: Int32Array, values: Float64Array, largest: number): number {
  let above = 0;
  let below = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const value = values[rows[i]!]!;
    if (value > 0) above += value;
    else below -= value;
  }
  // Rounding moves each value by half a unit at most, and the sums themselves are off by far less than the last one.
  const scale = Math.max(above, below) / (largest - rows.length / 2 - 1);
  return scale > 0 ? scale : 1;
}
