import type { Bar } from '../harness/result.ts';

/** The bars of the order of symbols on real bars, as they were set before anything was measured. */
export const directionBars = {
  rankCoefficient: { sense: 'at least', must: 0.025, aim: 0.035 },
  t: { sense: 'at least', must: 4 },
} as const satisfies Record<string, Bar>;
