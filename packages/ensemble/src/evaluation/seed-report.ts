import type { SeedFigures, SeedsReport } from '@daytrade/contracts';
import type { EvaluationReport } from './report.ts';

/** The headline figures of evaluations that differ in their seed only, with their mean and standard deviation. */
export function compareSeeds(reports: readonly Omit<EvaluationReport, 'seeds'>[]): SeedsReport {
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
