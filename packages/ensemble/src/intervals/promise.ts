/** alpha: the share that may lie outside, 1 less the promise. */
export const targetMiss = 0.07;

/** Newest scores of a symbol that its quantile is taken from. */
export const scoreWindow = 250;

/** Own scores that a symbol needs; with fewer, the scores of all symbols stand in. */
export const minimumScores = 60;

/** A half of `1 - alpha` above the middle of the standard normal distribution: the 0.965 quantile. */
export const normalHalfWidth = 1.8119106729525978;
