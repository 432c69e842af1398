import type { Bar } from '../harness/result.ts';

/** The bars of scale, as they were set before anything was measured. */
export const scaleBars = {
  /** Speed, the seconds of pandas / ours. */
  import: { sense: 'at least', must: 1 / 3 },
  /** Of {@link mostUpdateSeconds}, in percent. */
  update: { sense: 'at most', must: 100 },
  features: { sense: 'at least', must: 3 },
  training: { sense: 'at most', must: 1.1 },
  trainingMemory: { sense: 'at most', must: 1 },
  /** Of {@link mostPredictionSeconds}, in percent. */
  prediction: { sense: 'at most', must: 100 },
  /** Of {@link mostMegabytes}, in percent. */
  memory: { sense: 'at most', must: 100 },
  twiceTheSymbols: { sense: 'at most', must: 2.1 },
} as const satisfies Record<string, Bar>;

/** Seconds in which one day of 4,000 symbols is to be stored. */
export const mostUpdateSeconds = 60;
/** Seconds in which 4,000 symbols are to be predicted. */
export const mostPredictionSeconds = 2;
/** Memory that an import and an update may take at their peak. */
export const mostMegabytes = 1500;
