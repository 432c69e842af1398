import {
  type Evaluation,
  evaluationRequestSchema,
  measuresDirectionSkill,
  parseResult,
  routes,
  type Skill,
} from '@daytrade/contracts';
import type { CommandDefinition } from '../define-command.ts';
import { parseInput } from '../input.ts';
import { say } from '../language/language.ts';
import { coefficientRange, coefficientTable, universeCautions, yearTable } from '../output/evaluation-tables.ts';
import {
  basisPoints,
  count,
  directionInWords,
  duration,
  list,
  percent,
  range,
  symbolDays,
  syntheticMark,
} from '../output/format.ts';
import { facts, right, table } from '../output/table.ts';
import { printResult } from '../output/terminal.ts';
import { RequestOptions, universeFields } from '../request-options.ts';
import { watchRun } from '../watch-run.ts';

const request = new RequestOptions(evaluationRequestSchema, {
  horizon: {
    help: 'time of the judged forecasts: next-close, close@open, or a time within the day such as close@10:00',
  },
  sessions: { help: 'number of sessions to evaluate, the newest ones; default: 500' },
  from: { help: 'first day to evaluate, YYYY-MM-DD, in the place of --sessions' },
  to: { help: 'last day to evaluate; default: the newest' },
  retrainEvery: { help: 'sessions between two trainings; default: 63, and 5 where 5-minute bars are needed' },
  seed: {},
  symbols: { help: 'evaluate only these symbols' },
  ...universeFields,
  features: {},
  members: {},
});

export const evaluateCommand: CommandDefinition = {
  usage: 'evaluate',
  summary: 'evaluate the ensemble walk-forward, out of sample, beside its baselines',
  description: `Evaluates the newest sessions in time order. Each is predicted by members trained only on sessions
before it, with purge and embargo: coverage (all, each symbol, rolling 60 and 250 sessions), mean width, Winkler score
and skill against the baselines; hit rate with its day-block bootstrap interval beside always-up; information
coefficient; coverage on ex-dividend days where dividends are known. A hit rate above 60 % out of sample counts as a
leak and ends with exit code 5. The page shows the figures of each symbol and the coverage by bucket; --json has all.

--from and --to name days in the place of a number of sessions. No bar after --to is used: it is the evaluation that
could have been made that evening. It is kept, but the page goes on to show the newest one.

--horizon evaluates forecasts of the close that are made within its day: close@open from the opening price, with daily
bars alone; close@09:15 to close@15:15 every 15 minutes, from 5-minute bars. Returns are then those from the price that
was known to the close.`,
  examples: [
    'daytrade evaluate',
    'daytrade evaluate --sessions 750 --json',
    'daytrade evaluate --from 2024-07-01 --to 2024-09-30',
    'daytrade evaluate --horizon close@open --json',
    'daytrade evaluate --features close-place',
  ],
  configure: (command) => request.addTo(command),
  run: async (context, { options }) => {
    const body = parseInput(evaluationRequestSchema, request.read(options), 'evaluate');
    const connection = await context.connect();
    const { run } = await connection.ml.call(routes.startEvaluation, { body });
    const result = await watchRun(context, connection, run, 'evaluate');
    const { evaluationId: id } = parseResult('evaluation', result);
    const { evaluation } = await connection.ml.call(routes.evaluation, { params: { id } });
    if (evaluation.leakAlarm) process.exitCode = 5;
    printResult(context, evaluation, () => evaluationReport(evaluation));
  },
};

/** Reports an evaluation: first the promised coverage, then its cost in width, then the direction. */
export function evaluationReport(evaluation: Evaluation): string {
  return [
    heading(evaluation),
    promise(evaluation),
    yearTable(evaluation),
    methods(evaluation),
    direction(evaluation),
  ].join('\n\n');
}

/** Column at which the values of all blocks begin. */
const valueColumn = 20;

function heading(evaluation: Evaluation): string {
  const { from, to, days, symbols, halted, horizon, seconds, own } = evaluation;
  const made = horizon === 'next-close' ? '' : say`${horizon}: forecasts of the close made within its day. `;
  const [size, all] = [symbolDays(days, symbols), count(evaluation.symbolDays)];
  const judged = say`${size} = ${all} symbol-days judged, ${count(halted)} without a trade`;
  const [features, training, intervals] = [seconds.features, seconds.training, seconds.intervals].map(duration);
  return [
    `${syntheticMark(evaluation.synthetic)}${made}${say`Walk-forward, out of sample: ${from} to ${to}, ${judged}`}`,
    say`Nothing of it was published before its session: it is reconstructed, in time order`,
    say`Time: ${duration(seconds.total)} (features ${features!}, training ${training!}, intervals ${intervals!})`,
    ...(own === undefined ? [] : [say`With files of your own: ${own.join(', ')}`]),
    ...cautions(evaluation),
  ].join('\n');
}

const survivorsOnly =
  'Survivors only: the bars of all {0} symbols reach the newest session. What was delisted is missing, which ' +
  'flatters the figures';
const fewerSessions =
  '{0} sessions judged of {1} asked for: the first training and the warm-up need the bars before them';

/** Lists the cautions that a reader needs before the figures, a line each. */
function cautions({ days, daysAsked, symbols, endedSymbols, synthetic, universe }: Evaluation): string[] {
  const lines: string[] = [];
  if (days < daysAsked) lines.push(say(fewerSessions, count(days), count(daysAsked)));
  if (universe !== undefined) lines.push(...universeCautions(universe));
  else if (endedSymbols === 0 && symbols > 1 && !synthetic) {
    lines.push(say(survivorsOnly, count(symbols)));
  }
  return lines;
}

function promise(evaluation: Evaluation): string {
  const { coverageInterval, rollingCoverage60, rollingCoverage250, skill, days } = evaluation;
  const rolling = ({ window, min, max, last }: Evaluation['rollingCoverage60']) =>
    last === null
      ? say`not enough sessions (${count(days)} of ${count(window)})`
      : say`${range(percent(min), percent(max))}, last ${percent(last)}`;
  const objective = table(evaluation.objective, {
    objective: ({ name }) => name,
    window: ({ window }) => say(window),
    range: ({ low, high }) => range(percent(low), percent(high)),
    'lowest to highest': right(({ lowest, highest }) => span({ min: lowest, max: highest })),
    held: ({ held }) => say(held === null ? 'not enough sessions' : held ? 'yes' : 'NO'),
    'on breach': ({ onBreach }) => say(onBreach),
  });
  const [inside, promised] = [percent(evaluation.coverage, 2), percent(evaluation.targetCoverage, 0)];
  const interval = range(percent(coverageInterval.low), percent(coverageInterval.high));
  const figures = facts(
    [
      ['Coverage', say`${inside} of closes inside, promised ${promised} (95 % interval ${interval})`],
      ['  rolling 60', rolling(rollingCoverage60)],
      ['  rolling 250', rolling(rollingCoverage250)],
      ['Mean width', basisPoints(evaluation.meanWidthBp)],
      ['Winkler score', say`${basisPoints(evaluation.winklerBp)} (lower is better)`],
      ['Skill score', skillsInWords(skill)],
      ...exDividend(evaluation),
    ],
    valueColumn,
  );
  return `${figures}\n\n${objective}`;
}

function skillsInWords({ har, rollingQuantile, randomWalk, ewma }: Skill): string {
  return list([
    say`${percent(har)} against the HAR regression`,
    say`${percent(rollingQuantile)} against the rolling quantile`,
    say`${percent(randomWalk)} against the random walk`,
    say`${percent(ewma)} against EWMA`,
  ]);
}

/** Reports the coverage on ex-dividend days, where there were some. */
function exDividend({ exDividend: figures }: Evaluation): [label: string, value: string][] {
  if (figures === null) return [];
  const { symbolDays, coverage, coverageWithout, expectedShare, meanDividendBp } = figures;
  const [inside, without] = [percent(coverage, 2), percent(coverageWithout, 2)];
  return [
    [
      'Ex-dividend days',
      say`${inside} of ${count(symbolDays)} closes inside; ${without} without the expected dividends`,
    ],
    ['', say`mean dividend ${basisPoints(meanDividendBp)}, expected beforehand on ${percent(expectedShare)}`],
  ];
}

function methods(evaluation: Evaluation): string {
  return table(evaluation.intervalMethods, {
    'interval method': ({ name }) => methodName(name, evaluation.intervalMethod),
    coverage: right(({ coverage }) => percent(coverage)),
    width: right(({ meanWidthBp }) => basisPoints(meanWidthBp)),
    Winkler: right(({ winklerBp }) => basisPoints(winklerBp)),
    'rolling 250': right(({ rollingCoverage250 }) => span(rollingCoverage250)),
  });
}

/** Names a method. The row `published` has the method of each session. */
function methodName(name: string, used: string): string {
  if (name === 'published') return say`the method of each session`;
  return name === used ? say`${name} (in use now)` : name;
}

/** Formats the smallest and the largest coverage of a window; a dash while there are fewer sessions. */
function span({ min, max }: { readonly min: number | null; readonly max: number | null }): string {
  return min === null || max === null ? '–' : range(percent(min), percent(max));
}

function direction(evaluation: Evaluation): string {
  const { hitRate } = evaluation;
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
  const hitRange = range(percent(hitRate.low), percent(hitRate.high));
  const brier = evaluation.brier.toFixed(4);
  const [ic, icir, auc] = [evaluation.ic.toFixed(4), evaluation.icir.toFixed(3), evaluation.auc.toFixed(4)];
  const figures = facts(
    [
      ['Direction', directionInWords(measuresDirectionSkill(evaluation))],
      ['', say`hit rate ${percent(hitRate.value)} (95 % interval ${hitRange}), always-up ${percent(hitRate.alwaysUp)}`],
      ['', say`rank IC ${ic} (${coefficientRange(evaluation.icInterval)}), ICIR ${icir}, AUC ${auc}, Brier ${brier}`],
    ],
    valueColumn,
  );
  const alarm = evaluation.leakAlarm
    ? `\n${say`LEAK ALARM: a hit rate above 60 % out of sample is not real; look for a leak.`}`
    : '';
  return `${figures}${alarm}\n\n${members}\n\n${coefficientTable(evaluation)}`;
}
