import type { BarColumns } from '@daytrade/series';

const sessionsPerYear = 245;

/** What the bars of a window of sessions say about a symbol. NaN where there are too few bars. */
export interface WindowStatistics {
  /** Bars in the window. */
  readonly bars: number;
  /** Mean of close times volume, yen. */
  readonly averageTurnoverYen: number;
  readonly averageVolumeShares: number;
  /** Standard deviation of the log returns from one session to the next, times the root of 245 sessions. */
  readonly annualVolatility: number;
  /** Standard deviation of the volume over its mean. */
  readonly volumeVariation: number;
  /** Log returns from one session of the window to the next, NaN where a bar is missing. */
  readonly returns: Float64Array;
}

/** @param days days since 1970 of the window's sessions, oldest first */
export function windowStatistics(bars: BarColumns, days: readonly number[]): WindowStatistics {
  const positions = new Map<number, number>();
  for (let i = bars.days.length - 1; i >= 0 && bars.days[i]! >= days[0]!; i -= 1) positions.set(bars.days[i]!, i);
  const rows = days.map((day) => positions.get(day));
  const present = rows.filter((row) => row !== undefined);
  const volumes = present.map((row) => bars.volume[row]!);
  const returns = Float64Array.from(rows, (after, i) => {
    const before = rows[i - 1];
    return before === undefined || after === undefined ? NaN : Math.log(bars.close[after]! / bars.close[before]!);
  });
  return {
    bars: present.length,
    averageTurnoverYen: mean(present.map((row) => bars.close[row]! * bars.volume[row]!)),
    averageVolumeShares: mean(volumes),
    annualVolatility:
      standardDeviation([...returns].filter((value) => !Number.isNaN(value))) * Math.sqrt(sessionsPerYear),
    volumeVariation: standardDeviation(volumes) / mean(volumes),
    returns,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of a sample: divided by n - 1. NaN for fewer than two values. */
function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}
