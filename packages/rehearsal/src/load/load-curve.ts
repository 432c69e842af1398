import type { LoadResult } from './load-options.ts';

/** A load by the second, with what was done during it. */
export interface LoadCurve {
  readonly seconds: readonly LoadPoint[];
  /** When the change began and ended, in seconds since the load began. */
  readonly change: { readonly from: number; readonly to: number };
}

export interface LoadPoint {
  readonly answered: number;
  readonly failed: number;
  /** Milliseconds, of those that were answered; null when none was. */
  readonly p99: number | null;
}

/** The curve of a load. @param from seconds since its start at which the change began, and `to` ended */
export function curveOf({ seconds }: LoadResult, from: number, to: number): LoadCurve {
  return {
    seconds: seconds.map(({ latencies, failures }) => ({
      answered: latencies.length,
      failed: Object.values(failures).reduce((sum, count) => sum + count, 0),
      p99: p99Of(latencies),
    })),
    change: { from, to },
  };
}

/** Seconds in which requests were due and none was answered. */
export function downtimeOf({ seconds }: LoadCurve): number {
  return seconds.filter(({ answered, failed }) => failed > 0 && answered === 0).length;
}

/** The generator counts in 0.1 ms. */
function p99Of(latencies: readonly number[]): number | null {
  const sorted = latencies.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * 0.99) - 1)];
  return found === undefined ? null : found / 10;
}
