import { type Evaluation, measuresDirectionSkill, type Skill } from '@daytrade/contracts';
import { bucketTable, coefficientRange, coefficientTable, universeCautions, yearTable } from './evaluation-tables.ts';
import { basisPoints, count, directionInWords, duration, percent, quantity } from './format.ts';
import { right, table } from './table.ts';

/** Reports an evaluation: first the promised coverage, then its cost in width, then the direction. */
export function evaluationReport(evaluation: Evaluation): string {
  return [
    heading(evaluation),
    promise(evaluation),
    ...yearTable(evaluation),
    ...bucketTable(evaluation),
    methods(evaluation),
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
Time: ${duration(seconds.total)} (${parts.join(', ')})${cautions(evaluation)}`;
}

/** Lists the cautions that a reader needs before the figures, a line each. */
function cautions({ days, daysAsked, symbols, endedSymbols, synthetic, universe }: Evaluation): string {
  const lines: string[] = [];
  if (daysAsked !== undefined && days < daysAsked) {
    lines.push(
      `${count(days)} sessions judged of ${count(daysAsked)} asked for: the first training and the warm-up need the ` +
        'bars before them',
    );
  }
  if (universe !== undefined) lines.push(...universeCautions(universe));
  else if (endedSymbols === 0 && symbols > 1 && !synthetic) {
    lines.push(
      `Survivors only: the bars of all ${count(symbols)} symbols reach the newest session. What was delisted is ` +
        'missing, which flatters the figures',
    );
  }
  return lines.map((line) => `\n${line}`).join('');
}

function promise(evaluation: Evaluation): string {
  const { coverageInterval, rollingCoverage60, rollingCoverage250, skill, skillWithoutWorstDays, days } = evaluation;
  const range = (rolling: Evaluation['rollingCoverage60']) =>
    rolling.last === null
      ? `not enough sessions (${count(days)} of ${count(rolling.window)})`
      : `${percent(rolling.min)} to ${percent(rolling.max)}, last ${percent(rolling.last)}`;
  const objective = table(evaluation.objective, {
    objective: ({ name }) => name,
    window: ({ window }) => window,
    range: ({ low, high }) => `${percent(low)} to ${percent(high)}`,
    'lowest to highest': right(({ lowest = null, highest = null }) => span({ min: lowest, max: highest }, 1)),
    held: ({ held }) => (held === null ? 'not enough sessions' : held ? 'yes' : 'NO'),
    'on breach': ({ onBreach }) => onBreach,
  });
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

/** Reports the coverage on ex-dividend days, where there were some. */
function exDividend({ exDividend: figures }: Evaluation): string {
  if (figures === null || figures === undefined) return '';
  const { symbolDays, coverage, coverageWithout, expectedShare, meanDividendBp } = figures;
  return `
Ex-dividend days    ${percent(coverage, 2)} of ${count(symbolDays)} closes inside; ${percent(coverageWithout, 2)} \
without the expected dividends
                    mean dividend ${basisPoints(meanDividendBp)}, expected beforehand on ${percent(expectedShare)}`;
}

/** Lists the stretches of sessions in which the objective over 250 sessions did not hold. */
function outside({ outsideObjective = [] }: Evaluation): string {
  if (outsideObjective.length === 0) return '';
  const lines = outsideObjective.map(
    ({ from, to, sessions: length, side, worst }) =>
      `  ${from} to ${to}  ${count(length)} sessions, ${side === 'below' ? 'lowest' : 'highest'} ${percent(worst, 2)}`,
  );
  return `\n\nOutside of the objective over 250 sessions, all symbols:\n${lines.join('\n')}`;
}

function methods(evaluation: Evaluation): string {
  return table(evaluation.intervalMethods, {
    'interval method': ({ name }) => methodName(name, evaluation.intervalMethod),
    coverage: right(({ coverage }) => percent(coverage)),
    width: right(({ meanWidthBp }) => basisPoints(meanWidthBp)),
    Winkler: right(({ winklerBp }) => basisPoints(winklerBp)),
    'rolling 250': right(({ rollingCoverage250 }) => span(rollingCoverage250, 1)),
  });
}

/** Names a method. The row `published` has the method of each session. */
function methodName(name: string, used: string): string {
  if (name === 'published') return 'the method of each session';
  return name === used ? `${name} (in use now)` : name;
}

/** Formats the smallest and the largest coverage of a window; a dash while there are fewer sessions. */
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
  const members = table(evaluation.models, {
    model: ({ name }) => name,
    'hit rate': right((model) => percent(model.hitRate)),
    RMSE: right(({ rmse }) => rmse.toFixed(5)),
    R2: right(({ r2 }) => r2.toFixed(4)),
    'rank IC': right(({ ic }) => ic.toFixed(4)),
    '95 % interval': right(({ icInterval }) => coefficientRange(icInterval)),
    AUC: right(({ auc }) => auc.toFixed(4)),
    Brier: right(({ brier }) => brier.toFixed(4)),
    weight: right(({ weight }) => weight?.toFixed(3)),
  });
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

/** Reports how well the ensemble ranks the symbols of a session; older evaluations lack the table. */
function coefficients({ informationCoefficients, edgeBound }: Evaluation): string {
  if (informationCoefficients === undefined || edgeBound === undefined) return '';
  return `\n\n${coefficientTable(informationCoefficients, edgeBound)}`;
}

function symbols(evaluation: Evaluation): string {
  return table(evaluation.bySymbol, {
    symbol: ({ symbol }) => symbol,
    name: ({ name }) => name,
    days: right(({ days }) => days),
    coverage: right(({ coverage }) => percent(coverage)),
    'rolling 60': right(({ rolling60 }) => span(rolling60, 0)),
    'rolling 250': right(({ rolling250 }) => span(rolling250, 0)),
    width: right(({ meanWidthBp }) => basisPoints(meanWidthBp)),
    Winkler: right(({ winklerBp }) => basisPoints(winklerBp)),
    'hit rate': right(({ hitRate }) => percent(hitRate)),
  });
}
