import { paperStartRequestSchema, routes, strategyNameSchema } from '@daytrade/contracts';
import { strategies } from '@daytrade/trading';
import type { CommandDefinition } from '../../define-command.ts';
import { parseInput } from '../../input.ts';
import { accountNumbers, numberOptions, parametersOf } from '../../number-options.ts';
import { bookReport } from '../../output/paper-report.ts';
import { printResult } from '../../output/terminal.ts';
import { whoRuns } from '../../who-runs.ts';

const parameterHelp = Object.values(strategies)
  .map(({ name, parameters }) => {
    const own = parameters.map((one) => `${one.name} (${one.low} to ${one.high}, default ${one.default})`);
    return `${name}: ${own.join(', ')}.`;
  })
  .join('\n\n');

export const paperStartCommand: CommandDefinition = {
  usage: 'start',
  summary: 'let a strategy trade a book of paper from the next session on',
  description: `Starts a book that a strategy trades on paper: no broker is connected, and no order leaves the machine.
Before each open the strategy decides as in a backtest, from finished bars and published forecasts alone; its orders are
held against money, rules and limits, and filled on the bars of the session by the code of the backtest. Jobs of the
scheduler do it while "daytrade up" runs.

What it shows is what would have become of the orders. It promises nothing.

Parameters:

${parameterHelp}`,
  examples: [
    'daytrade paper start --strategy gap-fade',
    'daytrade paper start --strategy gap-fade --set entry=1.5 --cash 5000000 --max-session-loss 100000 --dry-run',
  ],
  configure: (command) =>
    command
      .requiredOption('--strategy <name>', `one of ${strategyNameSchema.options.join(', ')}`)
      .option('--set <parameters...>', 'parameters of the strategy, as entry=1.5; the others have their defaults')
      .option('--account <kind>', 'cash, margin, or day-margin; default: day-margin')
      .option('--cash <yen>', 'yen to begin with; default: 10000000')
      .option('--commission <plan>', 'none or per-order; default: per-order')
      .option('--spread-ticks <ticks>', 'ticks between bid and ask; default: 1')
      .option('--impact <share>', 'of a day of volatility, for an order of the whole volume; default: 1')
      .option('--participation <share>', 'of the volume that one order may have; default: 0.01')
      .option('--max-position <yen>', 'yen in one symbol at most; default: a fifth of the cash')
      .option('--max-exposure <yen>', 'yen in all symbols at most; default: the cash')
      .option('--max-session-loss <yen>', 'yen that a session may lose; then it halts; default: 3 % of the cash')
      .option('--dry-run', 'check it and show the book, and keep nothing'),
  run: async (context, { options }) => {
    const dryRun = options.dryRun === true;
    const by = whoRuns();
    const body = parseInput(
      paperStartRequestSchema,
      {
        strategy: parseInput(strategyNameSchema, options.strategy, '--strategy'),
        parameters: parametersOf(options.set),
        ...(options.account === undefined ? {} : { account: options.account }),
        ...(options.commission === undefined ? {} : { commission: options.commission }),
        ...numberOptions(paperStartRequestSchema.shape, accountNumbers, options),
        by,
        dryRun,
      },
      'paper start',
    );
    const connection = await context.connect();
    const answer = await connection.ml.call(routes.startPaper, { body });
    printResult(context.terminal, context.json, answer, () =>
      dryRun ? `Nothing is kept. It would be:\n${bookReport(answer.book)}` : bookReport(answer.book),
    );
  },
};
