/** The promised share of closes inside the published interval; see docs/decisions/0006. */
export const targetCoverage = 0.93;

/** The same in words: `93 %`. */
export const targetInWords = `${targetCoverage * 100} %`;
