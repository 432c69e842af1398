import { Series } from '../series.ts';

// Of the last `size` known numbers of the symbol; NaN until there were that many.

/** Mean. */
export function rollingMean(of: Series, size: number): Series {
  return new Series(`mean ${size}(${of.formula})`, [of], (kernel, width) => kernel.rollingMean(width, size));
}

/** Sample variance (divisor `size - 1`). */
export function rollingVariance(of: Series, size: number): Series {
  return new Series(`variance ${size}(${of.formula})`, [of], (kernel, width) => kernel.rollingVariance(width, size));
}

/** Square root of the {@link rollingVariance}. */
export function rollingDeviation(of: Series, size: number): Series {
  return rollingVariance(of, size).squareRoot();
}

/** Sample covariance (divisor `size - 1`) of the last `size` pairs of known numbers. */
export function rollingCovariance(x: Series, y: Series, size: number): Series {
  const formula = `covariance ${size}(${x.formula}, ${y.formula})`;
  return new Series(formula, [x, y], (kernel, width) => kernel.rollingCovariance(width, size));
}

/** The largest. */
export function rollingLargest(of: Series, size: number): Series {
  return new Series(`largest ${size}(${of.formula})`, [of], (kernel, width) => kernel.rollingExtreme(width, size, 1));
}

/** The smallest. */
export function rollingSmallest(of: Series, size: number): Series {
  return new Series(`smallest ${size}(${of.formula})`, [of], (kernel, width) => kernel.rollingExtreme(width, size, -1));
}

/**
 * Where the newest stands among them, in (0, 1), ties at their middle: (numbers below + half of those equal, itself
 * included) / size.
 */
export function rollingRank(of: Series, size: number): Series {
  return new Series(`rank ${size}(${of.formula})`, [of], (kernel, width) => kernel.rollingRank(width, size));
}
