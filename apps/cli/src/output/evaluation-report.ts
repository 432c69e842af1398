import { type Evaluation, measuresDirectionSkill, type Skill } from '@daytrade/contracts';
import { bucketTable } from './bucket-table.ts';
import { evaluationCautions } from './evaluation-cautions.ts';
import { basisPoints, count, directionInWords, duration, percent, quantity } from './format.ts';
import { coefficientRange, informationCoefficientTable } from './information-coefficients.ts';
import { seedsReport } from './seeds-report.ts';
import { skillByYear } from './skill-by-year.ts';
import { renderTable } from './table.ts';

/**
 * The judgement in words and tables: first what is promised, then what it costs in width, then the honest direction.
 */
export function evaluationReport(evaluation: Evaluation): string {
  return [
    heading(evaluation),
    promise(evaluation),
    ...skillByYear(evaluation),
    ...bucketTable(evaluation),
    methods(evaluation),
    ...(evaluation.seeds === undefined ? [] : [seedsReport(evaluation.seeds)]),
    direction(evaluation),
    symbols(evaluation),
  ].join('\n\n');
}

function heading(evaluation: Evaluation): string {
  const { from, to, days, symbols: symbolCount, symbolDays, halted, seconds } = evaluation;
  const judged =
    `${count(days)} sessions x ${quantity(symbolCount, 'symbol')} = ${count(symbolDays)} symbol-days judged, ` +
    `${count(halted)} without a trade`;
  const parts = (['features', 'training', 'intervals'] as const).map((part) => `${part} ${duration(seconds[part])}`);
  const { horizon = 'next-close' } = evaluation;
  const made = horizon === 'next-close' ? '' : `${horizon}: forecasts of the close made within its day. `;
  const bars = evaluation.synthetic ? 'SYNTHETIC bars. ' : '';
  return `${bars}${made}Walk-forward, out of sample: ${from} to ${to}, ${judged}
Nothing of it was published before its session: it is reconstructed, in time order
Time: ${duration(seconds.total)} (${parts.join(', ')})${evaluationCautions(evaluation)}`;
}

function promise(evaluation: Evaluation): string {
  const { coverageInterval, rollingCoverage60, rollingCoverage250, skill, skillWithoutWorstDays, days } = evaluation;
  const range = (rolling: Evaluation['rollingCoverage60']) =>
    rolling.last === null
      ? `not enough sessions (${count(days)} of ${count(rolling.window)})`
      : `${percent(rolling.min)} to ${percent(rolling.max)}, last ${percent(rolling.last)}`;
  const objective = renderTable(
    [
      { title: 'objective' },
      { title: 'window' },
      { title: 'range' },
      { title: 'lowest to highest', align: 'right' },
      { title: 'held' },
      { title: 'on breach' },
    ],
    evaluation.objective.map((entry) => [
      entry.name,
      entry.window,
      `${percent(entry.low)} to ${percent(entry.high)}`,
      span({ min: entry.lowest ?? null, max: entry.highest ?? null }, 1),
      entry.held === null ? 'not enough sessions' : entry.held ? 'yes' : 'NO',
      entry.onBreach,
    ]),
  );
  const coverage =
    `${percent(evaluation.coverage, 2)} of closes inside, promised ${percent(evaluation.targetCoverage, 0)} ` +
    `(95 % interval ${percent(coverageInterval.low)} to ${percent(coverageInterval.high)})`;
  const withoutWorst =
    skillWithoutWorstDays === undefined
      ? ''
      : `\n  without worst ${String(skillWithoutWorstDays.days).padEnd(4)}${skillsInWords(skillWithoutWorstDays)} ` +
        '(without the sessions on which that baseline scored worst)';
  return `Coverage            ${coverage}
  rolling 60        ${range(rollingCoverage60)}
  rolling 250       ${range(rollingCoverage250)}
Mean width          ${basisPoints(evaluation.meanWidthBp)}
Winkler score       ${basisPoints(evaluation.winklerBp)} (lower is better)
Skill score         ${skillsInWords(skill)}${withoutWorst}${exDividend(evaluation)}

${objective}${outside(evaluation)}`;
}

function skillsInWords({ har, rollingQuantile, randomWalk, ewma }: Skill): string {
  return (
    (har === undefined ? '' : `${percent(har)} against the HAR regression, `) +
    `${percent(rollingQuantile)} against the rolling quantile, ` +
    `${percent(randomWalk)} against the random walk, ${percent(ewma)} against EWMA`
  );
}

/** How intervals did on ex-days, where there were some. */
function exDividend({ exDividend: figures }: Evaluation): string {
  if (figures === null || figures === undefined) return '';
  const { symbolDays, coverage, coverageWithout, expectedShare, meanDividendBp } = figures;
  return `
Ex-dividend days    ${percent(coverage, 2)} of ${count(symbolDays)} closes inside; ${percent(coverageWithout, 2)} \
without the expected dividends
                    mean dividend ${basisPoints(meanDividendBp)}, expected beforehand on ${percent(expectedShare)}`;
}

/** The exact stretches in which the objective over 250 sessions did not hold. */
function outside({ outsideObjective = [] }: Evaluation): string {
  if (outsideObjective.length === 0) return '';
  const lines = outsideObjective.map(
    ({ from, to, sessions: length, side, worst }) =>
      `  ${from} to ${to}  ${count(length)} sessions, ${side === 'below' ? 'lowest' : 'highest'} ${percent(worst, 2)}`,
  );
  return `\n\nOutside of the objective over 250 sessions, all symbols:\n${lines.join('\n')}`;
}

function methods(evaluation: Evaluation): string {
  return renderTable(
    [
      { title: 'interval method' },
      { title: 'coverage', align: 'right' },
      { title: 'width', align: 'right' },
      { title: 'Winkler', align: 'right' },
      { title: 'rolling 250', align: 'right' },
    ],
    evaluation.intervalMethods.map((method) => [
      methodName(method.name, evaluation.intervalMethod),
      percent(method.coverage),
      basisPoints(method.meanWidthBp),
      basisPoints(method.winklerBp),
      span(method.rollingCoverage250, 1),
    ]),
  );
}

/** One row is not a method: it is what would have been published, with whatever stood in for a demoted method. */
function methodName(name: string, used: string): string {
  if (name === 'published') return 'the method of each session';
  return name === used ? `${name} (in use now)` : name;
}

/** The smallest and the largest coverage of a window; a dash while there are fewer sessions. */
function span(
  rolling: { readonly min: number | null; readonly max: number | null } | undefined,
  decimals: number,
): string {
  if (rolling === undefined || rolling.min === null || rolling.max === null) return '–';
  return `${percent(rolling.min, decimals)} to ${percent(rolling.max, decimals)}`;
}

function direction(evaluation: Evaluation): string {
  const { hitRate } = evaluation;
  const alarm = evaluation.leakAlarm
    ? '\nLEAK ALARM: a hit rate above 60 % out of sample is not real; look for a leak.'
    : '';
  const members = renderTable(
    [
      { title: 'model' },
      { title: 'hit rate', align: 'right' },
      { title: 'RMSE', align: 'right' },
      { title: 'R2', align: 'right' },
      { title: 'rank IC', align: 'right' },
      { title: '95 % interval', align: 'right' },
      { title: 'AUC', align: 'right' },
      { title: 'Brier', align: 'right' },
      { title: 'weight', align: 'right' },
    ],
    evaluation.models.map((model) => [
      model.name,
      percent(model.hitRate),
      model.rmse.toFixed(5),
      model.r2.toFixed(4),
      model.ic.toFixed(4),
      coefficientRange(model.icInterval),
      model.auc.toFixed(4),
      model.brier.toFixed(4),
      model.weight === null ? '–' : model.weight.toFixed(3),
    ]),
  );
  const hits =
    `hit rate ${percent(hitRate.value)} (95 % interval ${percent(hitRate.low)} to ${percent(hitRate.high)}), ` +
    `always-up ${percent(hitRate.alwaysUp)}`;
  const ranks =
    `rank IC ${evaluation.ic.toFixed(4)} (${coefficientRange(evaluation.icInterval)}), ` +
    `ICIR ${evaluation.icir.toFixed(3)}, AUC ${evaluation.auc.toFixed(4)}, Brier ${evaluation.brier.toFixed(4)}`;
  return `Direction           ${directionInWords(measuresDirectionSkill(evaluation))}
                    ${hits}
                    ${ranks}${alarm}

${members}${coefficients(evaluation)}`;
}

/** How well the ensemble orders the symbols of a session; older judgements have no such table. */
function coefficients({ informationCoefficients, edgeBound }: Evaluation): string {
  if (informationCoefficients === undefined || edgeBound === undefined) return '';
  return `\n\n${informationCoefficientTable(informationCoefficients, edgeBound)}`;
}

function symbols(evaluation: Evaluation): string {
  return renderTable(
    [
      { title: 'symbol' },
      { title: 'name' },
      { title: 'days', align: 'right' },
      { title: 'coverage', align: 'right' },
      { title: 'rolling 60', align: 'right' },
      { title: 'rolling 250', align: 'right' },
      { title: 'width', align: 'right' },
      { title: 'Winkler', align: 'right' },
      { title: 'hit rate', align: 'right' },
    ],
    evaluation.bySymbol.map((entry) => [
      entry.symbol,
      entry.name,
      count(entry.days),
      percent(entry.coverage),
      span(entry.rolling60, 0),
      span(entry.rolling250, 0),
      basisPoints(entry.meanWidthBp),
      basisPoints(entry.winklerBp),
      percent(entry.hitRate),
    ]),
  );
}
