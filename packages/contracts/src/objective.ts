/** The promised share of closes inside the published interval; see docs/decisions/0006. */
export const targetCoverage = 0.93;

/** The same in words: `93 %`. */
export const targetInWords = `${targetCoverage * 100} %`;

/**
 * Bounds of the coverage of all symbols over short windows, by the number of their sessions: a method that is right
 * leaves them once in a hundred stretches of two years (docs/decisions/0008).
 */
export const coverageBounds = {
  20: { low: 0.8, high: 1 },
  60: { low: 0.87, high: 0.97 },
} as const;

/** The same of one symbol over 250 sessions. */
export const symbolCoverageBounds = { low: 0.86, high: 0.99 } as const;

/** Sessions that an evaluation judges where neither their number nor the first of them is asked for. */
export const defaultEvaluationSessions = 500;
