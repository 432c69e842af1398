import type { Machine } from './machine.ts';

/** What a figure is held against. It is never moved: a figure that does not reach it is reported as missed. */
export interface Bar {
  readonly sense: 'at most' | 'at least';
  readonly must: number;
  /** Where there is something to aim for beyond what must hold. */
  readonly aim?: number;
}

/** How a figure is written: `0.86 x`, `+0.12 %`, `93.1 %`, `0.35 ms`, `3.1e-12`, `0.0312`, `5.3`. */
export type FigureKind = 'ratio' | 'percent' | 'share' | 'milliseconds' | 'relative error' | 'correlation' | 't';

/** Which parts of its bar a figure holds. */
export type Verdict = 'aim held' | 'must held' | 'missed' | 'no bar';

/** What is handed to {@link compare}. */
export interface ComparisonInput {
  readonly name: string;
  /** What `ours` and `peer` are counted in, such as `CPU s`. */
  readonly unit: string;
  /** What was measured of both sides, where the figure is made of two measurements. */
  readonly ours?: number;
  readonly peer?: { readonly name: string; readonly value: number };
  readonly figure: number;
  readonly kind: FigureKind;
  readonly bar?: Bar;
  /** What stands beside the figure: spread over seeds, interval, settings. */
  readonly note?: string;
}

/** One row of a table: two measurements, the figure made of them, its bar and whether it holds. */
export interface Comparison extends ComparisonInput {
  readonly verdict: Verdict;
}

/** What a suite found. */
export interface SuiteFindings {
  readonly comparisons: readonly Comparison[];
  /** What could not be measured, and why. */
  readonly skipped: readonly string[];
}

/** What is kept of a run of a suite. */
export interface SuiteResult extends SuiteFindings {
  /** Sizes are too small for the bars to mean anything. */
  readonly quick: boolean;
  readonly measuredAt: string;
  readonly wallSeconds: number;
  readonly machine: Machine;
}

/** Judges a figure against its bar. */
export function compare(input: ComparisonInput): Comparison {
  return { ...input, verdict: verdictOf(input.figure, input.bar) };
}

function verdictOf(figure: number, bar: Bar | undefined): Verdict {
  if (bar === undefined) return 'no bar';
  const holds = (limit: number) => (bar.sense === 'at most' ? figure <= limit : figure >= limit);
  if (!holds(bar.must)) return 'missed';
  return bar.aim !== undefined && holds(bar.aim) ? 'aim held' : 'must held';
}
