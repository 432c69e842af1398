import { targetCoverage } from '@daytrade/contracts/objective';
import { dateOfDayNumber } from '@daytrade/market';
import { deriveSeed, sumOf } from '@daytrade/series';
import { blockBootstrap } from '../metrics/block-bootstrap.ts';
import { rollingCoverage, summariseCoverage } from '../metrics/interval-score.ts';
import { bucketReports } from './bucket-report.ts';
import { directionFigures, hitsBy } from './direction-report.ts';
import {
  correlationKinds,
  edgeBoundOf,
  informationCoefficients,
  isRankMeasure,
  legsOf,
} from './information-coefficients.ts';
import {
  compareIntervalMethods,
  exDividendReport,
  type IntervalSums,
  intervalFigures,
  sessionReports,
  sumIntervals,
} from './interval-report.ts';
import { combinations, type Judgement, type JudgementInput } from './judge.ts';
import { endedSymbols } from './judged-stretch.ts';
import { type CoverageCurves, judgeObjective } from './objective.ts';
import type { EvaluationReport, SymbolReport } from './report.ts';
import { scoresBy, skillAgainstBaselines, skillByYear } from './skill-report.ts';

/** An out-of-sample hit rate above this is not skill but a leak: the best published ensembles reach 0.52. */
const leakHitRate = 0.6;

/** The report without what only the run itself knows. */
export type JudgementReport = Omit<EvaluationReport, 'seconds'>;

/** Makes the report of what {@link judgePredictions} found. */
export function buildReport(input: JudgementInput, judgement: Judgement): JudgementReport {
  const { panel, options, range } = input;
  const { table } = judgement;
  const methods = compareIntervalMethods(table);
  const scores = scoresBy(table, table.day, table.days);
  const daily = scores.published;
  const symbols = symbolReports(input, judgement);
  const curves = coverageCurves(daily, symbols);
  const published = methods.find((method) => method.name === 'published')!;
  const model = options.members.length + combinations.indexOf(options.combination);
  const { ic, icir, auc, brier } = directionFigures(table, model);
  const hitRate = hitRateOf(judgement, model, options.seed);
  const { edgeBound, models } = memberReports(input, judgement);
  const sessions = Array.from(panel.days.subarray(range.judgedFrom + 1, range.end + 1), dateOfDayNumber);
  const series = sessionReports(table, sessions, scores, curves, model);
  return {
    from: sessions[0]!,
    to: sessions.at(-1)!,
    days: table.days,
    daysAsked: options.judgedSessions,
    symbols: new Set(table.symbol).size,
    endedSymbols: endedSymbols(panel),
    symbolDays: table.rows,
    halted: judgement.halted,
    seed: options.seed,
    targetCoverage,
    coverage: published.coverage,
    coverageInterval: blockBootstrap(daily.inside, daily.judged, deriveSeed(options.seed, 1)),
    rollingCoverage60: summariseCoverage(curves.all60, 60),
    rollingCoverage250: summariseCoverage(curves.all250, 250),
    meanWidthBp: published.meanWidthBp,
    winklerBp: published.winklerBp,
    skill: skillAgainstBaselines(scores),
    skillByYear: skillByYear(
      scores,
      sessions.map((session) => Number(session.slice(0, 4))),
    ),
    intervalMethod: judgement.engine.published,
    intervalMethods: methods,
    buckets: bucketReports(input, table),
    hitRate,
    leakAlarm: hitRate.value > leakHitRate,
    ic,
    icInterval: models[model]!.icInterval,
    informationCoefficients: models[model]!.informationCoefficients,
    edgeBound,
    icir,
    auc,
    brier,
    models,
    objective: judgeObjective(curves),
    exDividend: exDividendReport(table),
    bySymbol: symbols.map(({ report }) => report),
    series,
  };
}

function hitRateOf({ table }: Judgement, model: number, seed: number): EvaluationReport['hitRate'] {
  const { hits, moves, rises } = hitsBy(table, model, table.day, table.days);
  const estimate = blockBootstrap(hits, moves, deriveSeed(seed, 2));
  return { ...estimate, alwaysUp: sumOf(rises) / sumOf(moves) };
}

function memberReports(
  { options, horizon }: JudgementInput,
  { table, engine }: Judgement,
): Pick<EvaluationReport, 'edgeBound' | 'models'> {
  const weights = engine.combiner.weights(options.combination);
  const names = [...options.members.map((member) => member.name), ...combinations];
  const legs = legsOf(horizon);
  const edgeBound = edgeBoundOf(names.length * legs.length * correlationKinds.length);
  const coefficients = { legs, seed: deriveSeed(options.seed, 3), edgeT: edgeBound.t };
  const models = names.map((name, model) => {
    const { icir: _, ...figures } = directionFigures(table, model);
    const lines = informationCoefficients(table, model, coefficients);
    const { value, low, high } = lines.find(isRankMeasure)!;
    return {
      name,
      ...figures,
      icInterval: { value, low, high },
      informationCoefficients: lines,
      weight: weights[model] ?? null,
    };
  });
  return { edgeBound, models };
}

interface SymbolFigures {
  readonly report: SymbolReport;
  readonly curve250: Float64Array;
}

function symbolReports({ panel, options }: JudgementInput, { table }: Judgement): readonly SymbolFigures[] {
  const days = table.days;
  const bySymbol = sumIntervals(table, 'published', table.symbol, panel.symbols.length);
  const cells = table.symbol.map((symbol, row) => symbol * days + table.day[row]!);
  const byCell = sumIntervals(table, 'published', cells, panel.symbols.length * days);
  const model = options.members.length + combinations.indexOf(options.combination);
  const { hits, moves } = hitsBy(table, model, table.symbol, panel.symbols.length);
  return panel.symbols.flatMap(({ symbol }, s) => {
    if (bySymbol.judged[s] === 0) return [];
    const inside = byCell.inside.subarray(s * days, (s + 1) * days);
    const judged = byCell.judged.subarray(s * days, (s + 1) * days);
    const curve250 = rollingCoverage(inside, judged, 250);
    const report: SymbolReport = {
      symbol,
      days: bySymbol.judged[s]!,
      ...intervalFigures(bySymbol, s),
      // A symbol whose close never changed has none.
      hitRate: moves[s]! > 0 ? hits[s]! / moves[s]! : 0,
      rolling60: summariseCoverage(rollingCoverage(inside, judged, 60), 60),
      rolling250: summariseCoverage(curve250, 250),
    };
    return [{ report, curve250 }];
  });
}

function coverageCurves(daily: IntervalSums, symbols: readonly SymbolFigures[]): CoverageCurves {
  return {
    all20: rollingCoverage(daily.inside, daily.judged, 20),
    all60: rollingCoverage(daily.inside, daily.judged, 60),
    all250: rollingCoverage(daily.inside, daily.judged, 250),
    symbol250: symbols.map(({ curve250 }) => curve250),
  };
}
