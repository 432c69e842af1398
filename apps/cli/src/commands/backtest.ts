import {
  type BacktestResult,
  type BacktestSide,
  backtestRequestSchema,
  parseResult,
  routes,
  tearSheetQuerySchema,
} from '@daytrade/contracts';
import { strategies } from '@daytrade/trading';
import type { CommandDefinition } from '../define-command.ts';
import { assertNew, writePieces, writeWhole } from '../export/whole-file.ts';
import { parseInput, textOption } from '../input.ts';
import { say } from '../language/language.ts';
import { universeCautions } from '../output/evaluation-tables.ts';
import { count, list, percent, quantity, range, symbolDays, syntheticMark } from '../output/format.ts';
import { facts, right, table } from '../output/table.ts';
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
    printResult(context, whole, () => `${backtestReport(found)}\n\n${say`Run ${run.id}`}`);
  },
};

/** Reports a backtest: the verdict after costs, both sides of costs, and the part that luck could explain. */
function backtestReport(found: BacktestResult): string {
  const { strategy, account, from, to, sessions, symbols, synthetic, traded, universe } = found;
  const period = range(from, to);
  const heading = say`Backtest of ${strategy}, ${say(account)}, ${period}: ${symbolDays(sessions, symbols)}`;
  const caution = [
    ...(found.shorts > 0 ? [say`It sold short ${quantity(found.shorts, 'time')}: ${say(borrowed)}`] : []),
    ...(traded ? [] : [say`Some prices are adjusted: they have no ticks and no daily limits.`]),
    ...(universe === undefined ? everySymbol(found) : universeCautions(universe)),
  ];
  return [
    [verdict(found), `${syntheticMark(synthetic)}${heading}`, ...caution].join('\n'),
    sides(found),
    luck(found),
    trading(found),
    beside(found),
  ].join('\n\n');
}

const borrowed = 'every symbol counts as one that can be borrowed, without a premium.';

/** Cautions that delisted symbols are missing, unless their bars were imported. */
function everySymbol({ synthetic, symbols }: BacktestResult): readonly string[] {
  return synthetic || symbols === 1 ? [] : [say(allAlong)];
}

const allAlong =
  'Every symbol with bars at all sessions: what was delisted is missing, unless its bars were brought in.';

/** Column at which the values of both blocks begin. */
const valueColumn = 20;

function verdict({ verdict: said, net, bestFirst }: BacktestResult): string {
  const profit = yen(net.profit);
  if (said === 'unclear') {
    const span = range(profit, yen(bestFirst?.profit ?? net.profit));
    return say`The bars do not tell: ${span} yen after costs, by what came first. 5-minute bars tell more.`;
  }
  if (said === 'loses') return say`It does not beat its costs: ${profit} yen after costs.`;
  if (said === 'may be luck') return say`It is not shown to beat its costs: ${profit} yen after costs may be luck.`;
  return say`In these sessions it beat its costs: ${profit} yen after costs. That says nothing of others.`;
}

function sides({ gross, net }: BacktestResult): string {
  const row = (title: string, of: (side: BacktestSide) => string) => [
    title.replace(/\S.*/, (words) => say(words)),
    of(gross),
    of(net),
  ];
  const rows = [
    row('profit, yen', ({ profit }) => yen(profit)),
    row('return', (side) => percent(side.return)),
    row('Sharpe ratio of a year', ({ sharpe }) => ratio(sharpe.value)),
    row('  95 % interval', ({ sharpe }) => range(ratio(sharpe.low), ratio(sharpe.high))),
    row('deepest fall', ({ maxDrawdown }) => percent(maxDrawdown)),
  ];
  return table(rows, {
    '': ([title]) => title,
    'before costs': right(([, before]) => before),
    'after costs': right(([, , after]) => after),
  });
}

function luck({ deflatedSharpe, trials, overfitting, chosen, parameters }: BacktestResult): string {
  const used = list(Object.entries(parameters.at(-1)?.values ?? {}).map(([name, value]) => `${name} ${value}`));
  return facts(
    [
      [
        'Deflated Sharpe',
        say`${percent(deflatedSharpe)} (chance of more than the luck of ${quantity(trials, 'trial')})`,
      ],
      ['Overfitting (PBO)', percent(overfitting)],
      ['Parameters', chosen ? say`${used} (chosen in time order; the newest)` : say`${used} (not chosen)`],
    ],
    valueColumn,
  );
}

function trading(found: BacktestResult): string {
  const { trades, wins, costs, paidBp, breakEvenBp, exposure, ambiguous, refused, halted, capacity } = found;
  const refusals = Object.entries(refused).map(([reason, orders]) => `${say(reason)} ${count(orders)}`);
  const { commission, spread, impact, interest, lendingFee, penalty, total } = costs;
  const parts = list([
    say`commission ${yen(commission)}`,
    say`spread ${yen(spread)}`,
    say`impact ${yen(impact)}`,
    say`interest ${yen(interest)}`,
    say`lending ${yen(lendingFee)}`,
    ...(penalty > 0 ? [say`carried over the close ${yen(penalty)}`] : []),
  ]);
  const unclear = [say`${percent(ambiguous.daily)} of filled orders on daily bars`];
  if (ambiguous.fiveMinutes !== null) unclear.push(say`${percent(ambiguous.fiveMinutes)} on 5-minute bars`);
  return facts(
    [
      ['Trades', say`${count(trades)}, won ${percent(wins)} before costs, invested ${percent(exposure)}`],
      ['Costs, yen', `${yen(total)}: ${parts}`],
      ['Dividends, yen', found.dividends === 0 ? undefined : yen(found.dividends)],
      ['Tax of 20.315 %', say`${yen(found.tax)} yen on the profit after costs; not taken`],
      ['Costs of turnover', say`${tenths(paidBp)} paid, ${tenths(breakEvenBp)} would leave nothing`],
      ['Capacity', capacity === null ? '–' : say`${yen(capacity)} yen`],
      ['Unclear order', say`${list(unclear)}; the worse counts`],
      ['Not taken', list(refusals) || say`none`],
      ['Halted', halted ? `${halted.session}: ${halted.reason}` : undefined],
    ],
    valueColumn,
  );
}

function beside({ strategy, gross, net, baselines }: BacktestResult): string {
  const own = { name: strategy, grossSharpe: gross.sharpe.value, netSharpe: net.sharpe.value, return: net.return };
  return table([own, ...baselines], {
    'beside it': ({ name }) => say(name),
    'Sharpe before': right(({ grossSharpe }) => (grossSharpe === null ? '–' : ratio(grossSharpe))),
    after: right(({ netSharpe }) => ratio(netSharpe)),
    return: right((one) => percent(one.return)),
  });
}

function yen(value: number): string {
  return count(Math.round(value));
}

function ratio(value: number): string {
  return value.toFixed(2);
}

function tenths(value: number | null): string {
  return value === null ? '–' : `${value.toFixed(1)} bp`;
}
