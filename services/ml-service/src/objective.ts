/** The promised share of closes inside the published interval; see docs/decisions/0006. */
export const targetCoverage = 0.93;
