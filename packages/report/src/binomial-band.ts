interface Band {
  readonly low: number;
  readonly high: number;
}

/**
 * Returns the exact central 95 % interval of a binomial share: the smallest counts whose distribution function reaches
 * 2.5 % and 97.5 %, divided by the number of trials. It assumes independent outcomes. Symbols of one day are not
 * independent, so a day is outside more often.
 *
 * @param trials a whole number above 0
 * @param share probability of success, between 0 and 1
 */
export function binomialBand(trials: number, share: number): Band {
  const odds = Math.log(share) - Math.log1p(-share);
  // From all successes downwards, in logarithms: the powers of many trials underflow.
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
