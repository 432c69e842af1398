/** Where a share lies in most cases. */
export interface Band {
  readonly low: number;
  readonly high: number;
}

/**
 * The central 95 % interval of a binomial share: the smallest counts whose distribution function reaches 2.5 % and
 * 97.5 %, exact, divided by the number of trials. It takes outcomes to be independent, which the symbols of one day
 * are not: a day is outside of it more often than that.
 *
 * @param trials a whole number above 0
 * @param share of each trial to succeed, between 0 and 1
 */
export function binomialBand(trials: number, share: number): Band {
  const odds = Math.log(share) - Math.log1p(-share);
  // From all successes downwards; in logarithms, as the powers of many trials are below the smallest number.
  let logMass = trials * Math.log(share);
  let above = 0;
  let high: number | undefined;
  for (let successes = trials; successes >= 0; successes -= 1) {
    above += Math.exp(logMass);
    if (high === undefined && above > 0.025) high = successes;
    if (above > 0.975) return { low: successes / trials, high: (high ?? trials) / trials };
    logMass += Math.log(successes) - Math.log(trials - successes + 1) - odds;
  }
  return { low: 0, high: (high ?? trials) / trials };
}
