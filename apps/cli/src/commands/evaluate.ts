import { evaluationRequestSchema, parseResult, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../define-command.ts';
import { parseInput } from '../input.ts';
import { evaluationReport } from '../output/evaluation-report.ts';
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
    printResult(context.terminal, context.json, evaluation, () => evaluationReport(evaluation));
  },
};
