import { type BacktestResult, parseResult, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandDefinition, CommandGroup } from '../define-command.ts';
import { say } from '../language/language.ts';
import { count, percent, range } from '../output/format.ts';
import { right, table } from '../output/table.ts';
import { printResult } from '../output/terminal.ts';

type Ended = BacktestResult & { readonly run: string };

const compare: CommandDefinition = {
  usage: 'compare <runs...>',
  summary: 'show the results of backtests side by side',
  description: `Shows the results of some backtests side by side, by their runs. Results on other data or another period
are not comparable; the rows "period" and "data" show it.`,
  examples: ['daytrade backtests compare r20261124-091500-4k2m9x7q r20261124-092011-8d3nq1vz'],
  configure: (command) => command,
  run: async (context, { args }) => {
    const { scheduler } = await context.connect();
    const runs = await Promise.all(
      args.map(async (id): Promise<Ended> => {
        const { run } = await scheduler.call(routes.run, { params: { id } });
        if (run.job === 'backtest' && run.result !== null) return { run: id, ...parseResult('backtest', run.result) };
        throw new DayTradeError('run.not-found', `${id}: expected a backtest that has ended`, { details: { run: id } });
      }),
    );
    printResult(context, { runs }, () => comparison(runs));
  },
};

/** Tabulates results: one column for each run. */
function comparison(runs: readonly Ended[]): string {
  const yen = (value: number) => count(Math.round(value));
  const figures: readonly (readonly [name: string, of: (run: Ended) => string])[] = [
    ['strategy', ({ strategy }) => strategy],
    ['account', ({ account }) => say(account)],
    ['period', ({ from, to }) => range(from, to)],
    ['data', ({ dataHash }) => dataHash.slice(0, 8)],
    ['parameters', ({ parameters }) => valuesOf(parameters.at(-1)?.values ?? {})],
    ['verdict', ({ verdict }) => say(verdict)],
    ['profit before costs, yen', ({ gross }) => yen(gross.profit)],
    ['profit after costs, yen', ({ net }) => yen(net.profit)],
    ['return', ({ net }) => percent(net.return)],
    ['Sharpe ratio of a year', ({ net }) => net.sharpe.value.toFixed(2)],
    ['  95 % interval', ({ net: { sharpe } }) => range(sharpe.low.toFixed(2), sharpe.high.toFixed(2))],
    ['deepest fall', ({ net }) => percent(net.maxDrawdown)],
    ['Deflated Sharpe', ({ deflatedSharpe }) => percent(deflatedSharpe)],
    ['Trades', ({ trades }) => count(trades)],
    ['Costs, yen', ({ costs }) => yen(costs.total)],
  ];
  const columns = runs.map((run) => [run.run, right(([, of]: (typeof figures)[number]) => of(run))] as const);
  return table(figures, {
    '': ([name]) => name.replace(/\S.*/, (words) => say(words)),
    ...Object.fromEntries(columns),
  });
}

function valuesOf(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

export const backtestsGroup: CommandGroup = {
  name: 'backtests',
  summary: 'backtests that have ended: their results side by side',
  commands: [compare],
};
