import type { CloudName, EnvironmentName } from '@daytrade/deployment';
import { type Figure, holds } from '../steps/figure.ts';
import type { StepResult } from '../steps/step-result.ts';

/** A whole rehearsal, as its JSON has it; its page is made from the same. */
export interface RehearsalReport {
  readonly cloud: CloudName;
  readonly environment: EnvironmentName;
  /** When it began, as ISO 8601. */
  readonly at: string;
  /** The commit of the clone; null where git knows none. */
  readonly commit: string | null;
  /** From the first step to the last, what was taken away included. */
  readonly total: Figure;
  readonly interrupted: boolean;
  /** What of the cluster of this machine ended by itself, and was started again. */
  readonly mended: readonly string[];
  /** Whether every step was run to its end and every figure meets its bar. */
  readonly holds: boolean;
  readonly steps: readonly StepResult[];
}

/** The bar of a whole rehearsal. */
const longestMinutes = 30;

/** Sums a rehearsal up. */
export function reportOf(
  what: Pick<RehearsalReport, 'cloud' | 'environment' | 'at' | 'commit' | 'interrupted' | 'mended'>,
  seconds: number,
  steps: readonly StepResult[],
): RehearsalReport {
  const total: Figure = { id: 'totalSeconds', value: seconds, unit: 's', bar: { most: longestMinutes * 60 } };
  const all = steps.length > 0 && steps.every(({ verdict }) => verdict === 'held');
  return { ...what, total, holds: all && holds(total) && !what.interrupted, steps };
}
