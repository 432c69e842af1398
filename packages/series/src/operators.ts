import { Series } from './series.ts';

/** Mean of the symbols' known numbers at a session; NaN without a known number. */
export function meanAcross(of: Series): Series {
  return new Series(`mean across(${of.formula})`, [of], (kernel) => kernel.meanAcross(), 'session');
}

/** Sample deviation of the symbols' known numbers at a session; NaN below two. */
export function deviationAcross(of: Series): Series {
  return new Series(`deviation across(${of.formula})`, [of], (kernel) => kernel.deviationAcross(), 'session');
}

/** Share of the symbols' known numbers at a session that are above 0. */
export function positiveShareAcross(of: Series): Series {
  return new Series(`positive share across(${of.formula})`, [of], (kernel) => kernel.positiveShareAcross(), 'session');
}

/** A number of the session, for each symbol that has a bar. */
export function everySymbol(of: Series): Series {
  return new Series(`every symbol(${of.formula})`, [of], (kernel) => kernel.everySymbol(), 'symbol');
}

/**
 * Rank of the symbol's number among the known ones of the session, in (0, 1), ties at their middle:
 * (numbers below + half of those equal, itself included) / count.
 */
export function rankAcross(of: Series): Series {
  return new Series(`rank across(${of.formula})`, [of], (kernel, width) => kernel.rankAcross(width), 'symbol');
}

/**
 * Exponentially weighted mean of the known numbers so far: weight `decay^k` for the number k before the newest, divided
 * by the sum of the weights (so the first numbers are not biased towards a start value). NaN until there were
 * `minimum`.
 */
export function exponentialMean(of: Series, decay: number, minimum = memoryOf(decay)): Series {
  const formula = `exponential mean ${decay} from ${minimum}(${of.formula})`;
  return new Series(formula, [of], (kernel, width) => kernel.exponentialMean(width, decay, minimum));
}

/** As {@link exponentialMean} with the customary span: decay 1 - 2 / (span + 1). */
export function spanMean(of: Series, span: number): Series {
  return exponentialMean(of, 1 - 2 / (span + 1), span);
}

/** The mean age of what a decay remembers, 1 / (1 - decay) bars: how many numbers are waited for. */
export function memoryOf(decay: number): number {
  return Math.round(1 / (1 - decay));
}

/** The number that many of the symbol's bars before; NaN when there were fewer. */
export function lag(of: Series, bars: number): Series {
  return new Series(`lag ${bars}(${of.formula})`, [of], (kernel, width) => kernel.lag(width, bars));
}

/** The change over that many of the symbol's bars. */
export function change(of: Series, bars: number): Series {
  return new Series(`change ${bars}(${of.formula})`, [of], (kernel, width) => kernel.change(width, bars));
}

// A statistic of the last `size` known numbers of the symbol; NaN until there were that many.

export function rollingMean(of: Series, size: number): Series {
  return new Series(`mean ${size}(${of.formula})`, [of], (kernel, width) => kernel.rollingMean(width, size));
}

/** Sample variance (divisor `size - 1`). */
export function rollingVariance(of: Series, size: number): Series {
  return new Series(`variance ${size}(${of.formula})`, [of], (kernel, width) => kernel.rollingVariance(width, size));
}

export function rollingDeviation(of: Series, size: number): Series {
  return rollingVariance(of, size).squareRoot();
}

/** Sample covariance (divisor `size - 1`) of the last `size` pairs of known numbers. */
export function rollingCovariance(x: Series, y: Series, size: number): Series {
  const formula = `covariance ${size}(${x.formula}, ${y.formula})`;
  return new Series(formula, [x, y], (kernel, width) => kernel.rollingCovariance(width, size));
}

export function rollingLargest(of: Series, size: number): Series {
  return new Series(`largest ${size}(${of.formula})`, [of], (kernel, width) => kernel.rollingExtreme(width, size, 1));
}

export function rollingSmallest(of: Series, size: number): Series {
  return new Series(`smallest ${size}(${of.formula})`, [of], (kernel, width) => kernel.rollingExtreme(width, size, -1));
}

/**
 * The rank of the newest among them, in (0, 1), ties at their middle: (numbers below + half of those equal, itself
 * included) / size.
 */
export function rollingRank(of: Series, size: number): Series {
  return new Series(`rank ${size}(${of.formula})`, [of], (kernel, width) => kernel.rollingRank(width, size));
}
