import type { Verdict } from './statistics/between-limits.ts';

/** What the canary is compared in. */
export type Criterion = 'errors' | 'latency' | 'predictions' | 'width' | 'coverage' | 'staleness';

/** What one criterion found. */
export interface Finding {
  readonly criterion: Criterion;
  /** `none`: there was nothing to compare, or too little of it. */
  readonly verdict: Verdict | 'none';
  /** The figures, in words. */
  readonly text: string;
}

/** A share as people read it: `4.8 %`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
