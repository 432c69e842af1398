import { Series } from '../series.ts';

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
