import type { Selection } from '@daytrade/contracts';
import { type BarColumns, meanOf } from '@daytrade/series';
import { type SelectionCriteria, weights, windowSessions } from './options.ts';
import type { SelectionCandidate } from './select-symbols.ts';

/** A straight line through two points, held to 0 … 100. */
function ramp(value: number, zeroAt: number, hundredAt: number): number {
  return Math.min(100, Math.max(0, (100 * (value - zeroAt)) / (hundredAt - zeroAt)));
}

/**
 * 0 at a daily turnover of 10 million yen, 100 at 100,000 million, a straight line in the logarithm between: 60 is
 * 2,512 million yen a day. It does not depend on which other symbols are in the pool.
 */
function liquidityScore(averageTurnoverYen: number): number {
  return averageTurnoverYen > 0 ? ramp(Math.log10(averageTurnoverYen), 7, 11) : 0;
}

/**
 * Enough movement to trade on, not so much that no interval is useful: 0 at 10 % a year or less, rising to 100 at 25 %,
 * 100 up to 40 %, falling to 0 at the maximum of the criteria.
 */
function volatilityScore(annualVolatility: number, maximum: number): number {
  const falling = maximum > 0.4 ? ramp(annualVolatility, maximum, 0.4) : annualVolatility < maximum ? 100 : 0;
  return Math.min(ramp(annualVolatility, 0.1, 0.25), falling);
}

/**
 * 100 for the same volume each day, 50 when its standard deviation equals its mean; times the share of sessions traded.
 * Without any volume 0: there is no variation to measure.
 */
function volumeConsistencyScore(volumeVariation: number, shareTraded: number): number {
  return Number.isNaN(volumeVariation) ? 0 : (100 / (1 + volumeVariation)) * shareTraded;
}

/** 0 at 1,000 million yen, 100 at 10 million million, a straight line in the logarithm between. */
function marketCapitalisationScore(yen: number): number {
  return yen > 0 ? ramp(Math.log10(yen), 9, 13) : 0;
}

/** Scores that stand in for a market capitalisation that is not known, by size group, lower case. */
const sizeGroupScores: Readonly<Record<string, number>> = {
  'topix core30': 95,
  'topix large70': 85,
  large: 85,
  'topix mid400': 65,
  mid: 65,
  'topix small 1': 45,
  small: 35,
  'topix small 2': 25,
};

/** The score by which a size group stands in for the market capitalisation; undefined for a group that is not known. */
function sizeGroupScore(group: string | null): number | undefined {
  return group === null ? undefined : sizeGroupScores[group.toLowerCase()];
}

/** The four scores of a symbol, each with the quantity it was made from. */
export type ScoreComponents = Selection['symbols'][number]['components'];
type ScoreComponent = ScoreComponents['liquidity'];

/**
 * The four scores of a symbol with enough bars.
 *
 * @param turnovers average turnovers of the pool, for the rank that stands in for a market capitalisation
 */
export function componentsOf(
  candidate: SelectionCandidate,
  statistics: WindowStatistics,
  criteria: SelectionCriteria,
  turnovers: readonly number[],
): ScoreComponents {
  const { averageTurnoverYen, annualVolatility, volumeVariation, bars } = statistics;
  return {
    liquidity: {
      score: liquidityScore(averageTurnoverYen),
      weight: weights.liquidity,
      value: averageTurnoverYen,
      unit: 'yen a day',
      basis:
        `mean of close x volume over ${windowSessions} sessions; 0 at 10 million, 100 at 100,000 million, ` +
        'logarithmic',
    },
    volatility: {
      score: volatilityScore(annualVolatility, criteria.maximumAnnualVolatility),
      weight: weights.volatility,
      value: annualVolatility,
      unit: 'a year',
      basis:
        `standard deviation of daily log returns over ${windowSessions} sessions x root of 245; best from 0.25 to ` +
        '0.40',
    },
    volumeConsistency: {
      score: volumeConsistencyScore(volumeVariation, bars / windowSessions),
      weight: weights.volumeConsistency,
      value: volumeVariation,
      unit: 'standard deviations per mean',
      basis: `variation of daily volume; 100 / (1 + value) x ${bars} of ${windowSessions} sessions traded`,
    },
    marketCapitalisation: capitalisation(candidate, averageTurnoverYen, turnovers),
  };
}

function capitalisation(candidate: SelectionCandidate, turnover: number, turnovers: readonly number[]): ScoreComponent {
  const { marketCapitalisationYen: yen, info } = candidate;
  const common = { weight: weights.marketCapitalisation, value: yen ?? null, unit: 'yen' };
  if (yen !== undefined) {
    const basis = 'market capitalisation; 0 at 1,000 million, 100 at 10 million million, logarithmic';
    return { ...common, score: marketCapitalisationScore(yen), basis };
  }
  const byGroup = sizeGroupScore(info.sizeGroup);
  if (byGroup !== undefined) {
    const basis = 'not known (no shares outstanding in the data); the size group stands in';
    return { ...common, score: byGroup, basis };
  }
  const rank = turnovers.filter((other) => other <= turnover).length / turnovers.length;
  const basis = 'not known (no shares outstanding in the data); rank of the turnover in the pool stands in';
  return { ...common, score: 100 * rank, basis };
}

const sessionsPerYear = 245;

/** Statistics of a symbol over a window of sessions. NaN with too few bars. */
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
    averageTurnoverYen: meanOf(present.map((row) => bars.close[row]! * bars.volume[row]!)),
    averageVolumeShares: meanOf(volumes),
    annualVolatility:
      standardDeviation([...returns].filter((value) => !Number.isNaN(value))) * Math.sqrt(sessionsPerYear),
    volumeVariation: standardDeviation(volumes) / meanOf(volumes),
    returns,
  };
}

/** Returns the sample standard deviation (n - 1); NaN for fewer than two values. */
function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const centre = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}
