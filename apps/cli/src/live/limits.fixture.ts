import type { LiveLimits } from './kept-limits.ts';

/** Limits as a confirmation names them. */
export const limits: LiveLimits = {
  maxPosition: 500_000,
  maxExposure: 1_000_000,
  maxSessionLoss: 30_000,
  maxOrdersPerMinute: 20,
  maxPriceBand: 0.1,
  staleSeconds: 30,
};
