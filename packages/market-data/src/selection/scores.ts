/** A straight line through two points, held to 0 … 100. */
function ramp(value: number, zeroAt: number, hundredAt: number): number {
  return Math.min(100, Math.max(0, (100 * (value - zeroAt)) / (hundredAt - zeroAt)));
}

/**
 * 0 at a daily turnover of 10 million yen, 100 at 100,000 million, a straight line in the logarithm between: 60 is
 * 2,512 million yen a day. It does not depend on which other symbols are in the pool.
 */
export function liquidityScore(averageTurnoverYen: number): number {
  return averageTurnoverYen > 0 ? ramp(Math.log10(averageTurnoverYen), 7, 11) : 0;
}

/**
 * Enough movement to trade on, not so much that no interval is useful: 0 at 10 % a year or less, rising to 100 at 25 %,
 * 100 up to 40 %, falling to 0 at the maximum of the criteria.
 */
export function volatilityScore(annualVolatility: number, maximum: number): number {
  const falling = maximum > 0.4 ? ramp(annualVolatility, maximum, 0.4) : annualVolatility < maximum ? 100 : 0;
  return Math.min(ramp(annualVolatility, 0.1, 0.25), falling);
}

/**
 * 100 for the same volume each day, 50 when its standard deviation equals its mean; times the share of sessions traded.
 * Without any volume 0: there is no variation to measure.
 */
export function volumeConsistencyScore(volumeVariation: number, shareTraded: number): number {
  return Number.isNaN(volumeVariation) ? 0 : (100 / (1 + volumeVariation)) * shareTraded;
}

/** 0 at 1,000 million yen, 100 at 10 million million, a straight line in the logarithm between. */
export function marketCapitalisationScore(yen: number): number {
  return yen > 0 ? ramp(Math.log10(yen), 9, 13) : 0;
}

/** Scores that stand in for a market capitalisation that is not known, by size group, lower case. */
const sizeGroupScores: Readonly<Record<string, number>> = {
  'topix core30': 95,
  'topix large70': 85,
  large: 85,
  'topix mid400': 65,
  mid: 65,
  'topix small 1': 45,
  small: 35,
  'topix small 2': 25,
};

/** The score by which a size group stands in for the market capitalisation; undefined for a group that is not known. */
export function sizeGroupScore(group: string | null): number | undefined {
  return group === null ? undefined : sizeGroupScores[group.toLowerCase()];
}
