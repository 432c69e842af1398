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
  let successes = trials;
  let logMass = trials * Math.log(share);
  let above = Math.exp(logMass);
  const descendPast = (tail: number) => {
    while (above <= tail) {
      logMass += Math.log(successes) - Math.log(trials - successes + 1) - odds;
      successes -= 1;
      above += Math.exp(logMass);
    }
    return successes / trials;
  };
  const high = descendPast(0.025);
  return { low: descendPast(0.975), high };
}
