import {
  backtestRequestSchema,
  parseResult,
  routes,
  strategyNameSchema,
  tearSheetQuerySchema,
} from '@daytrade/contracts';
import { strategies } from '@daytrade/trading';
import type { CommandDefinition, CommandInput } from '../define-command.ts';
import { assertNew, writePieces, writeWhole } from '../export/whole-file.ts';
import { parseInput, textOption, wholeNumber } from '../input.ts';
import { accountNumbers, numberOptions, parametersOf } from '../number-options.ts';
import { backtestReport } from '../output/backtest-report.ts';
import { count } from '../output/format.ts';
import { printNote, printResult } from '../output/terminal.ts';
import { noFormerMembers, universeAsked, universeOption } from '../universe-options.ts';
import { watchRun } from '../watch-run.ts';

const parameterHelp = Object.values(strategies)
  .map(({ name, summary, parameters }) => {
    const own = parameters.map((one) => `${one.name} (${one.low} to ${one.high}, default ${one.default})`);
    return `${name} ${summary}; parameters: ${own.join(', ')}.`;
  })
  .join('\n\n');

export const backtestCommand: CommandDefinition = {
  usage: 'backtest',
  summary: 'say what following a strategy would have cost, by the rules of the exchange',
  description: `Goes through the stored bars session by session: before each open the strategy makes its orders of
nothing but finished bars and forecasts that were made without them, and the orders meet the rules of the exchange –
ticks, lots, daily limits, auctions, short sales – the rules of the account, and their costs. Before and after costs
always stand side by side. 5-minute bars decide what came first within a day where there are some.

Parameters are chosen in time order, each time by the 250 sessions before. The deflated Sharpe ratio counts every
backtest of the strategy that the run ledger still has (DAYTRADE_KEEP_RUNS_DAYS). A strategy whose orders change when
later bars are taken away ends with exit code 5.

${parameterHelp}`,
  examples: [
    'daytrade backtest --strategy gap-fade',
    'daytrade backtest --strategy ranking --account cash --from 2024-01-01 --json',
    'daytrade backtest --strategy gap-fade --set entry=1.5 most=20 --tear-sheet gap-fade.html --language ja',
    'daytrade backtest --strategy always-long --commission none --spread-ticks 0 --impact 0',
  ],
  configure: (command) =>
    command
      .requiredOption('--strategy <name>', `one of ${strategyNameSchema.options.join(', ')}`)
      .option('--from <date>', 'first day, YYYY-MM-DD; default: the first with bars')
      .option('--to <date>', 'last day; default: the newest')
      .option('--symbols <symbols...>', 'trade only these symbols')
      .option(...universeOption)
      .option(...noFormerMembers)
      .option(
        '--account <kind>',
        'cash, margin, or day-margin, which closes every position in its session',
        'day-margin',
      )
      .option('--cash <yen>', 'yen to begin with', '10000000')
      .option('--commission <plan>', 'none, or per-order by a table of the size that online brokers take', 'per-order')
      .option('--spread-ticks <ticks>', 'ticks between bid and ask', '1')
      .option('--impact <share>', 'of a day of volatility, by which an order of the whole volume moves the price', '1')
      .option('--participation <share>', 'of the volume that one order may have', '0.01')
      .option('--set <parameters...>', 'parameters that are not chosen, as entry=1.5')
      .option('--no-choose', 'choose no parameters: those that are not set have their defaults')
      .option('--max-position <yen>', 'yen in one symbol at most')
      .option('--max-exposure <yen>', 'yen in all symbols at most')
      .option('--max-session-loss <yen>', 'yen that a session may lose; then trading stops for good')
      .option('--seed <number>', 'seed of the resampling', '1')
      .option('--tear-sheet <file>', 'also write everything with its plots to this HTML file')
      .option('--language <language>', 'of that page: en or ja; default: DAYTRADE_REPORT_LANGUAGE')
      .option('--force', 'replace a file of that name'),
  run: async (context, { options }) => {
    const body = bodyOf(options);
    const language = parseInput(tearSheetQuerySchema.shape.language, options.language, '--language');
    const file = textOption(options, 'tearSheet');
    if (file !== undefined) assertNew([file], options.force === true);
    const connection = await context.connect();
    const { run } = await connection.ml.call(routes.startBacktest, { body });
    const found = parseResult('backtest', await watchRun(context, connection, run, 'backtest'));
    if (file !== undefined) {
      const page = await connection.ml.download(routes.tearSheet, { params: { id: run.id }, query: { language } });
      const { bytes } = await writeWhole(file, (path) => writePieces(path, page));
      printNote(context.terminal, `${file}: ${count(bytes)} bytes`);
    }
    printResult(context.terminal, context.json, { run: run.id, ...found }, () => backtestReport(found));
  },
};

function bodyOf(options: CommandInput['options']) {
  const shape = backtestRequestSchema.shape;
  return parseInput(
    backtestRequestSchema,
    {
      strategy: parseInput(shape.strategy, options.strategy, '--strategy'),
      account: parseInput(shape.account, options.account, '--account'),
      commission: parseInput(shape.commission, options.commission, '--commission'),
      ...numberOptions(shape, accountNumbers, options),
      ...(options.from === undefined ? {} : { from: parseInput(shape.from, options.from, '--from') }),
      ...(options.to === undefined ? {} : { to: parseInput(shape.to, options.to, '--to') }),
      ...(options.symbols === undefined ? {} : { symbols: options.symbols }),
      ...universeAsked(options),
      parameters: parametersOf(options.set),
      choose: options.choose !== false,
      seed: wholeNumber(options.seed, '--seed', { min: 0, max: 2 ** 31 }),
    },
    'backtest',
  );
}
