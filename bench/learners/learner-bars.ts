import type { Bar } from '../harness/result.ts';

/**
 * The bars of the learners, as they were set before anything was measured. Ratios are ours / peer; differences are in
 * percent.
 */
export const learnerBars = {
  smallFit: { sense: 'at most', must: 1.6, aim: 1 },
  largeFit: { sense: 'at most', must: 1.8, aim: 1.15 },
  rmse: { sense: 'at most', must: 0.5, aim: 0.2 },
  symmetricRmse: { sense: 'at most', must: 1, aim: 0.3 },
  forestTime: { sense: 'at most', must: 0.25, aim: 0.12 },
  forestRmse: { sense: 'at most', must: 1, aim: 0.3 },
  oneRow: { sense: 'at most', must: 0.5, aim: 0.25 },
  batch: { sense: 'at least', must: 0.8, aim: 1.2 },
  memory: { sense: 'at most', must: 1, aim: 0.75 },
} as const satisfies Record<string, Bar>;
