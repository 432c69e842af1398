import type { Selection } from '@daytrade/contracts';
import { type SelectionCriteria, weights, windowSessions } from './criteria.ts';
import {
  liquidityScore,
  marketCapitalisationScore,
  sizeGroupScore,
  volatilityScore,
  volumeConsistencyScore,
} from './scores.ts';
import type { SelectionCandidate } from './select-symbols.ts';
import type { WindowStatistics } from './window-statistics.ts';

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
    const basis = `not known (no shares outstanding in the data); size group "${info.sizeGroup}" stands in`;
    return { ...common, score: byGroup, basis };
  }
  const rank = turnovers.filter((other) => other <= turnover).length / turnovers.length;
  const basis = 'not known (no shares outstanding in the data); rank of the turnover in the pool stands in';
  return { ...common, score: 100 * rank, basis };
}
