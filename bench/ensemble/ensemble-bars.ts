import type { Bar } from '../harness/result.ts';

/** The bars of the ensemble on real bars, in percent, as they were set before anything was measured. */
export const ensembleBars = {
  randomWalk: { sense: 'at least', must: 4, aim: 8 },
  rollingQuantile: { sense: 'at least', must: 4, aim: 8 },
  ewma: { sense: 'at least', must: 2, aim: 6 },
  har: { sense: 'at least', must: 2, aim: 5 },
  results: { sense: 'at least', must: 3 },
  classCoverage: { sense: 'at least', must: 91 },
  garch: { sense: 'at least', must: 0, aim: 4 },
  lowestCoverage: { sense: 'at least', must: 91.5 },
  highestCoverage: { sense: 'at most', must: 94.5 },
} as const satisfies Record<string, Bar>;
