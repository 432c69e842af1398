import type { AccuracyPoint } from '@daytrade/contracts';
import type { TradeDate } from '@daytrade/market';
import { dailyInformationCoefficients, minimumCrossSection } from './information-coefficients.ts';
import { intervalFigures } from './interval-report.ts';
import type { JudgedTable } from './judged-table.ts';
import type { CoverageCurves } from './objective.ts';
import type { GroupedScores } from './skill-report.ts';

/**
 * Every judged session with its scores beside those of each baseline on the same symbols.
 *
 * @param sessions day of each judged session
 * @param model whose IC it is, the published one
 */
export function sessionReports(
  table: JudgedTable,
  sessions: readonly TradeDate[],
  scores: GroupedScores,
  { all20, all60, all250 }: Pick<CoverageCurves, 'all20' | 'all60' | 'all250'>,
  model: number,
): readonly AccuracyPoint[] {
  const { published, baselines } = scores;
  const coefficients = dailyInformationCoefficients(table, model).values();
  return sessions.flatMap((session, day) => {
    const symbols = published.judged[day]!;
    if (symbols === 0) return [];
    return {
      session,
      ...intervalFigures(published, day),
      coverage20: orNull(all20[day]!),
      coverage60: orNull(all60[day]!),
      coverage250: orNull(all250[day]!),
      winklerRollingQuantileBp: intervalFigures(baselines.rollingQuantile, day).winklerBp,
      winklerRandomWalkBp: intervalFigures(baselines.randomWalk, day).winklerBp,
      winklerHarBp: intervalFigures(baselines.har, day).winklerBp,
      winklerEwmaBp: intervalFigures(baselines.ewma, day).winklerBp,
      ic: symbols >= minimumCrossSection ? (coefficients.next().value ?? null) : null,
      symbols,
    };
  });
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
