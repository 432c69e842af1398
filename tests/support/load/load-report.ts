import type { LoadResult } from './load-options.ts';

interface FailureFigures {
  readonly count: number;
  readonly firstSecond: number;
  readonly lastSecond: number;
}

/** Figures of the load over a stretch of time. */
export interface LoadFigures {
  readonly requests: number;
  readonly failed: number;
  /** Reasons with their counts, and the seconds in which each was seen first and last. */
  readonly failures: Readonly<Record<string, FailureFigures>>;
  /** Milliseconds, of the requests that succeeded; NaN when none did. */
  readonly p50: number;
  readonly p99: number;
}

/** Sums a load up. */
export function figuresOf({ seconds }: LoadResult): LoadFigures {
  const failures: Record<string, FailureFigures> = {};
  const latencies: number[] = [];
  for (const [second, entry] of seconds.entries()) {
    latencies.push(...entry.latencies);
    for (const [reason, count] of Object.entries(entry.failures)) {
      const known = failures[reason];
      failures[reason] = {
        count: (known?.count ?? 0) + count,
        firstSecond: known?.firstSecond ?? second,
        lastSecond: second,
      };
    }
  }
  latencies.sort((a, b) => a - b);
  const failed = Object.values(failures).reduce((sum, { count }) => sum + count, 0);
  return {
    requests: latencies.length + failed,
    failed,
    failures,
    p50: quantile(latencies, 0.5) / 10,
    p99: quantile(latencies, 0.99) / 10,
  };
}

/** One line for a person. */
export function describeLoad({ requests, failed, failures, p50, p99 }: LoadFigures): string {
  const reasons = Object.entries(failures).map(
    ([reason, { count, firstSecond, lastSecond }]) => `${count} x ${reason} from ${firstSecond} s to ${lastSecond} s`,
  );
  const why = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  return `${failed} failed of ${requests}${why}, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
