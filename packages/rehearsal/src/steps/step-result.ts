import type { LoadCurve } from '../load/load-curve.ts';
import type { Figure } from './figure.ts';
import type { ClearingName, StepName } from './step-list.ts';

/** A policy that the code does not follow, or was waived. */
export interface PolicyFinding {
  readonly id: string;
  readonly name: string;
  readonly where: string;
  /** Why it is waived; undefined for one that is broken. */
  readonly reason?: string;
}

/** What a step found. */
export interface Measured {
  readonly figures: readonly Figure[];
  /** Requests by second, where there was a load. */
  readonly load?: LoadCurve;
  readonly policies?: readonly PolicyFinding[];
  /** Dollars a month by part. */
  readonly cost?: Readonly<Record<string, number>>;
  /** What somebody should read of it, such as the cause of a deployment that failed as it was meant to. */
  readonly said?: string;
}

/** How a step ended: all bars met, one missed, broken off by an error, or never begun. */
export type Verdict = 'held' | 'missed' | 'failed' | 'not run';

export interface StepResult extends Measured {
  readonly step: StepName | ClearingName;
  readonly verdict: Verdict;
  readonly seconds: number;
  /** Why it failed, or was not run. */
  readonly cause?: string;
}
