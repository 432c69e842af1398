import type { EvaluationReport } from '@daytrade/ensemble';
import { skillInterval } from '../harness/block-bootstrap.ts';
import { type Bar, type Comparison, compare } from '../harness/result.ts';
import { mean, range } from '../harness/statistics.ts';
import { ensembleBars } from './ensemble-bars.ts';
import type { GarchFigures } from './garch-scores.ts';

/** One evaluation: its report, and GARCH on the same symbol-days. */
export interface SeedResult {
  readonly report: EvaluationReport;
  readonly garch: GarchFigures;
}

/**
 * Rows of a data set: skill against each baseline, the objective of coverage, and the honest figures about direction.
 */
export function ensembleRows(folder: string, seeds: readonly SeedResult[]): readonly Comparison[] {
  const skill = (peer: string, bar: Bar, of: (seed: SeedResult) => number, interval?: string) =>
    percentRow(`${folder}: Winkler skill against ${peer}`, bar, seeds.map(of), interval);
  const newest = seeds[0]!;
  const { series } = newest.report;
  const against = (baseline: 'winklerHarBp' | 'winklerRandomWalkBp' | 'winklerRollingQuantileBp' | 'winklerEwmaBp') =>
    dayInterval(
      series.map(({ winklerBp, symbols }) => winklerBp * symbols),
      series.map((session) => (session[baseline] ?? Number.NaN) * session.symbols),
    );
  return [
    skill('HAR', ensembleBars.har, ({ report }) => report.skill.har!, against('winklerHarBp')),
    skill(
      'random walk',
      ensembleBars.randomWalk,
      ({ report }) => report.skill.randomWalk,
      against('winklerRandomWalkBp'),
    ),
    skill(
      'rolling quantile',
      ensembleBars.rollingQuantile,
      ({ report }) => report.skill.rollingQuantile,
      against('winklerRollingQuantileBp'),
    ),
    skill('EWMA + split conformal', ensembleBars.ewma, ({ report }) => report.skill.ewma, against('winklerEwmaBp')),
    skill(
      'GARCH(1,1)-t',
      ensembleBars.garch,
      ({ garch }) => 1 - garch.publishedBp / garch.winklerBp,
      dayInterval(newest.garch.days.published, newest.garch.days.garch),
    ),
    ...coverageRows(folder, seeds),
    ...directionRows(folder, seeds),
  ];
}

function coverageRows(folder: string, seeds: readonly SeedResult[]): readonly Comparison[] {
  const curve = (end: 'min' | 'max') => seeds.map(({ report }) => report.rollingCoverage250[end] ?? Number.NaN);
  return [
    shareRow(
      `${folder}: coverage`,
      undefined,
      mean,
      seeds.map(({ report }) => report.coverage),
    ),
    shareRow(
      `${folder}: lowest 250-session coverage`,
      ensembleBars.lowestCoverage,
      (v) => Math.min(...v),
      curve('min'),
    ),
    shareRow(
      `${folder}: highest 250-session coverage`,
      ensembleBars.highestCoverage,
      (v) => Math.max(...v),
      curve('max'),
    ),
  ];
}

function directionRows(folder: string, seeds: readonly SeedResult[]): readonly Comparison[] {
  const { hitRate, ic, icir, auc, brier } = seeds[0]!.report;
  const interval = `${share(hitRate.low)} to ${share(hitRate.high)}, always up ${share(hitRate.alwaysUp)}`;
  const others = `IC ${ic.toFixed(4)}, ICIR ${icir.toFixed(2)}, AUC ${auc.toFixed(4)}, Brier ${brier.toFixed(4)}`;
  const row = shareRow(
    `${folder}: hit rate`,
    undefined,
    mean,
    seeds.map(({ report }) => report.hitRate.value),
  );
  return [{ ...row, note: `${row.note}; first seed: day-block interval ${interval}; ${others}` }];
}

function percentRow(name: string, bar: Bar, skills: readonly number[], interval: string | undefined): Comparison {
  const percents = skills.map((skill) => 100 * skill);
  return compare({
    name,
    unit: 'mean of seeds',
    figure: mean(percents),
    kind: 'percent',
    bar,
    note: `${bySeed(percents)}${interval === undefined ? '' : `; day-block interval of the first seed ${interval}`}`,
  });
}

function shareRow(
  name: string,
  bar: Bar | undefined,
  summary: (values: readonly number[]) => number,
  values: readonly number[],
): Comparison {
  const percents = values.map((value) => 100 * value);
  return compare({
    name,
    unit: 'of symbol-days',
    figure: summary(percents),
    kind: 'share',
    ...(bar === undefined ? {} : { bar }),
    note: bySeed(percents),
  });
}

function dayInterval(scores: readonly number[], baseline: readonly number[]): string {
  const { low, high } = skillInterval(scores, baseline);
  return `${(100 * low).toFixed(2)} to ${(100 * high).toFixed(2)} %`;
}

function bySeed(percents: readonly number[]): string {
  return `by seed ${percents.map((value) => value.toFixed(2)).join(', ')} %, spread ${range(percents).toFixed(2)}`;
}

function share(value: number): string {
  return `${(100 * value).toFixed(2)} %`;
}
