import { backtestRequestSchema, parseResult, routes, tearSheetQuerySchema } from '@daytrade/contracts';
import { strategies } from '@daytrade/trading';
import type { CommandDefinition } from '../define-command.ts';
import { assertNew, writePieces, writeWhole } from '../export/whole-file.ts';
import { parseInput, textOption } from '../input.ts';
import { say } from '../language/language.ts';
import { backtestReport } from '../output/backtest-report.ts';
import { count } from '../output/format.ts';
import { printNote, printResult } from '../output/terminal.ts';
import {
  candidatesOf,
  costFields,
  limitFields,
  parameterRanges,
  parametersOf,
  RequestOptions,
  universeFields,
} from '../request-options.ts';
import { watchRun } from '../watch-run.ts';

const parameterHelp = Object.values(strategies)
  .map((strategy) => `${strategy.name} ${strategy.summary}; parameters: ${parameterRanges(strategy)}.`)
  .join('\n\n');

const request = new RequestOptions(backtestRequestSchema, {
  strategy: {},
  from: { help: 'first day, YYYY-MM-DD; default: the first with bars' },
  to: { help: 'last day; default: the newest' },
  symbols: { help: 'trade only these symbols' },
  ...universeFields,
  ...costFields,
  choose: { help: 'choose no parameters: those that are not set have their defaults' },
  ...limitFields,
  seed: {},
});

export const backtestCommand: CommandDefinition = {
  usage: 'backtest',
  summary: 'say what following a strategy would have cost, by the rules of the exchange',
  description: `Goes through the stored bars session by session: before each open the strategy makes its orders of
nothing but finished bars and forecasts that were made without them, and the orders meet the rules of the exchange –
ticks, lots, daily limits, auctions, short sales – the rules of the account, and their costs. Before and after costs
always stand side by side. 5-minute bars decide what came first within a day where there are some.

Parameters are chosen in time order, each time by the 250 sessions before. The deflated Sharpe ratio counts each
distinct trial that the run ledger still has (DAYTRADE_KEEP_DAYS): a strategy with its settings and data. A strategy
whose orders change when later bars are taken away ends with exit code 5.

${parameterHelp}`,
  examples: [
    'daytrade backtest --strategy gap-fade',
    'daytrade backtest --strategy ranking --account cash --from 2024-01-01 --json',
    'daytrade backtest --strategy gap-fade --set entry=1.5 most=20 --tear-sheet gap-fade.html --language ja',
    'daytrade backtest --strategy gap-fade --candidates entry=0.5,1,2 most=5,10',
    'daytrade backtest --strategy always-long --spread-ticks 0 --impact 0 --interest 0',
  ],
  configure: (command) =>
    request
      .addTo(command)
      .option('--set <parameters...>', 'parameters that are not chosen, as entry=1.5')
      .option('--candidates <parameters...>', 'values to choose among, as entry=0.5,1')
      .option('--tear-sheet <file>', 'also write everything with its plots to this HTML file')
      .option('--language <language>', 'of that page: en or ja; default: DAYTRADE_REPORT_LANGUAGE')
      .option('--force', 'replace a file of that name'),
  run: async (context, { options }) => {
    const choice = { parameters: parametersOf(options.set), candidates: candidatesOf(options.candidates) };
    const asked = { ...request.read(options), ...choice };
    const body = parseInput(backtestRequestSchema, asked, 'backtest');
    const language = parseInput(tearSheetQuerySchema.shape.language, options.language, '--language');
    const file = textOption(options, 'tearSheet');
    if (file !== undefined) assertNew([file], options.force === true);
    const connection = await context.connect();
    const { run } = await connection.ml.call(routes.startBacktest, { body });
    const found = parseResult('backtest', await watchRun(context, connection, run, 'backtest'));
    if (file !== undefined) {
      const page = await connection.ml.download(routes.tearSheet, { params: { id: run.id }, query: { language } });
      const { bytes } = await writeWhole(file, (path) => writePieces(path, page));
      printNote(context.terminal, say`${file}: ${count(bytes)} bytes`);
    }
    const record = context.json && (await connection.ml.call(routes.backtestRecord, { params: { id: run.id } }));
    const whole = { run: run.id, ...found, ...(record && { record }) };
    printResult(context.terminal, context.json, whole, () => `${backtestReport(found)}\n\n${say`Run ${run.id}`}`);
  },
};
