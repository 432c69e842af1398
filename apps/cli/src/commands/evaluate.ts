import { evaluationRequestSchema, parseResult, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../define-command.ts';
import { parseInput, textOption, wholeNumber } from '../input.ts';
import { evaluationReport } from '../output/evaluation-report.ts';
import { plotIntervals } from '../output/interval-plot.ts';
import { columnsOf, printResult, showsColour } from '../output/terminal.ts';
import type { Connection } from '../platform/connection.ts';
import { watchRun } from '../watch-run.ts';

export const evaluateCommand: CommandDefinition = {
  usage: 'evaluate',
  summary: 'evaluate the ensemble walk-forward, out of sample, beside its baselines',
  description: `Evaluates the newest sessions in time order. Each is predicted by members trained only on sessions
before it, with purge and embargo: coverage (all, each symbol, rolling 60 and 250 sessions), mean width, Winkler score
and skill against the baselines; hit rate with its day-block bootstrap interval beside always-up; information
coefficient. A hit rate above 60 % out of sample counts as a leak and ends with exit code 5. The output ends with a plot
of one symbol's intervals and closes.`,
  examples: ['daytrade evaluate', 'daytrade evaluate --sessions 750 --json', 'daytrade evaluate --plot 6758'],
  configure: (command) =>
    command
      .option('--sessions <number>', 'number of sessions to evaluate, the newest ones', '500')
      .option('--retrain-every <sessions>', 'sessions between two trainings', '63')
      .option('--seed <number>', 'seed of all randomness', '1')
      .option('--seeds <number>', 'evaluate with this many seeds, for mean and spread', '1')
      .option('--symbols <symbols...>', 'evaluate only these symbols')
      .option('--plot <symbol>', 'symbol of the plot; default: the first one'),
  run: async (context, { options }) => {
    const body = parseInput(
      evaluationRequestSchema,
      {
        sessions: wholeNumber(options.sessions, '--sessions', { min: 60, max: 5000 }),
        retrainEvery: wholeNumber(options.retrainEvery, '--retrain-every', { min: 1, max: 1000 }),
        seed: wholeNumber(options.seed, '--seed', { min: 0, max: 2 ** 31 }),
        seeds: wholeNumber(options.seeds, '--seeds', { min: 1, max: 20 }),
        ...(options.symbols === undefined ? {} : { symbols: options.symbols }),
      },
      'evaluate',
    );
    const connection = await context.connect();
    const plotted = textOption(options, 'plot');
    // An unknown symbol is reported before the minutes of work, not after them.
    if (plotted !== undefined) await readHistory(connection, plotted);
    const { run } = await connection.ml.call(routes.startEvaluation, { body });
    const result = await watchRun(context, connection, run, 'evaluate');
    const { evaluationId: id } = parseResult('evaluation', result);
    const { evaluation } = await connection.ml.call(routes.evaluation, { params: { id } });
    if (evaluation.leakAlarm) process.exitCode = 5;
    const { symbol, name, history } = await readHistory(connection, plotted ?? evaluation.bySymbol[0]?.symbol ?? '');
    const plot = plotIntervals(`${symbol} ${name}`, history, {
      columns: columnsOf(context.terminal),
      colour: showsColour(context.terminal),
      target: evaluation.targetCoverage,
    });
    printResult(context.terminal, context.json, evaluation, () => `${evaluationReport(evaluation)}\n\n${plot}`);
  },
};

function readHistory({ ml }: Connection, symbol: string) {
  return ml.call(routes.predictionHistory, { params: { symbol } });
}
