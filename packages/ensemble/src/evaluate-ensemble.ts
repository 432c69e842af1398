import type { SeedFigures, SeedsReport } from '@daytrade/contracts';
import type { Panel } from '@daytrade/series';
import { endedSymbols, stretchOf } from './evaluation/judged-stretch.ts';
import type { JudgedForecasts } from './evaluation/judged-table.ts';
import type { EvaluationReport, KnownBeside } from './evaluation/report.ts';
import { compileSeeds, type EvaluationOptions } from './options.ts';
import type { EnsembleRun } from './run-task.ts';
import { runWalkForward } from './run-walk-forward.ts';

export interface EvaluationResult {
  readonly report: EvaluationReport;
  /** Every judged prediction, session after session. */
  readonly judged: JudgedForecasts;
}

/**
 * Judges the ensemble walk-forward and out of sample over the newest sessions (500 by default), or over those between
 * two days, beside its baselines.
 *
 * With several `seeds` the whole is done once a seed, which takes that many times as long: the report is the one of the
 * first seed, and its `seeds` hold the headline figures of all with mean and spread.
 *
 * @param beside what is known beside the bars; the report then has its buckets
 * @throws DayTradeError `training.too-little-data` naming what there is and what is needed, `input.invalid` for an
 * option out of range, `run.cancelled` soon after the signal
 *
 * @example
 * const surroundings = { runTask: inlineTasks, progress: () => {}, now: Date.now };
 * const { report } = await evaluateEnsemble(panel, { seed: 7 }, surroundings);
 */
export async function evaluateEnsemble(
  panel: Panel,
  options: EvaluationOptions,
  run: EnsembleRun,
  beside?: KnownBeside,
): Promise<EvaluationResult> {
  const { panel: judgedPanel, options: compiled } = stretchOf(panel, options);
  const seeds = compileSeeds(options.seeds, compiled.seed);
  const results: EvaluationResult[] = [];
  for (const [i, seed] of seeds.entries()) {
    const part = partOf(run, i, seeds.length);
    const { report, judged } = await runWalkForward(judgedPanel, { ...compiled, seed }, part, false, beside);
    // All bars show whether a symbol is gone, also those after the stretch.
    results.push({ judged, report: { ...report, endedSymbols: endedSymbols(panel) } });
  }
  const [first] = results;
  if (results.length === 1) return first!;
  const reports = results.map(({ report }) => report);
  return {
    report: { ...first!.report, seeds: compareSeeds(reports), seconds: totalSeconds(reports) },
    judged: first!.judged,
  };
}

/** The run whose progress is one of several equal parts of the whole. */
function partOf(run: EnsembleRun, part: number, parts: number): EnsembleRun {
  if (parts === 1) return run;
  const place = `seed ${part + 1} of ${parts}`;
  return {
    ...run,
    progress: (stage, fraction, message) =>
      run.progress(stage, (part + fraction) / parts, message === undefined ? place : `${place}, ${message}`),
  };
}

function totalSeconds(reports: readonly EvaluationReport[]): EvaluationReport['seconds'] {
  const sum = (stage: keyof EvaluationReport['seconds']) =>
    reports.reduce((total, { seconds }) => total + seconds[stage], 0);
  return { total: sum('total'), features: sum('features'), training: sum('training'), intervals: sum('intervals') };
}

/** The headline figures of evaluations that differ in their seed only, with their mean and standard deviation. */
function compareSeeds(reports: readonly Omit<EvaluationReport, 'seeds'>[]): SeedsReport {
  const runs = reports.map((report) => ({ seed: report.seed, ...headline(report) }));
  const mean = eachFigure((name) => runs.reduce((sum, run) => sum + run[name], 0) / runs.length);
  const deviation = eachFigure((name) => {
    const squares = runs.reduce((sum, run) => sum + (run[name] - mean[name]) ** 2, 0);
    return Math.sqrt(squares / (runs.length - 1));
  });
  return { runs, mean, deviation };
}

/** {@link SeedFigures} with every figure: those of older evaluations may lack some. */
type Figures = Record<keyof SeedFigures, number>;

const figureNames = [
  'coverage',
  'meanWidthBp',
  'winklerBp',
  'skillHar',
  'skillRollingQuantile',
  'skillRandomWalk',
  'skillEwma',
  'hitRate',
  'ic',
] as const satisfies readonly (keyof SeedFigures)[];

function headline({ coverage, meanWidthBp, winklerBp, skill, hitRate, ic }: Omit<EvaluationReport, 'seeds'>): Figures {
  return {
    coverage,
    meanWidthBp,
    winklerBp,
    skillHar: skill.har!,
    skillRollingQuantile: skill.rollingQuantile,
    skillRandomWalk: skill.randomWalk,
    skillEwma: skill.ewma,
    hitRate: hitRate.value,
    ic,
  };
}

function eachFigure(value: (name: keyof SeedFigures) => number): Figures {
  return Object.fromEntries(figureNames.map((name) => [name, value(name)])) as Figures;
}
