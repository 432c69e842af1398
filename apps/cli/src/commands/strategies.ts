import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { routes, strategyNameSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandDefinition, CommandGroup } from '../define-command.ts';
import { parseInput } from '../input.ts';
import { say } from '../language/language.ts';
import { table } from '../output/table.ts';
import { printResult } from '../output/terminal.ts';
import { programName } from '../program-name.ts';
import { parameterRanges } from '../request-options.ts';
import { command } from '../route-command.ts';

const list = command(routes.strategies, {
  usage: 'list',
  summary: 'list the strategies that a backtest can follow',
  description: `Lists the strategies of the platform, and those in files of your own: strategies/NAME.ts in
DAYTRADE_USER_FOLDER. A file without a strategy is listed with what is wrong.`,
  examples: ['daytrade strategies list'],
  text: ({ strategies }) =>
    table(strategies, {
      strategy: ({ name }) => name,
      'what it does': ({ summary, fault }) => fault ?? say(summary),
      parameters: (one) => parameterRanges(one),
      file: ({ file }) => file ?? '',
    }),
});

const create: CommandDefinition = {
  usage: 'new <name>',
  summary: 'write the file of a strategy of your own, to begin with',
  description: `Writes strategies/NAME.ts in DAYTRADE_USER_FOLDER: a strategy that runs as it is, with comments. It
runs in a process that reads no other file, starts no program and has no environment. Every backtest looks first
whether it knows later bars.`,
  examples: ['daytrade strategies new three-down'],
  run: async (context, { args }) => {
    const name = parseInput(strategyNameSchema, args[0], 'strategies new');
    const file = join(context.settings.DAYTRADE_USER_FOLDER, 'strategies', `${name}.ts`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, example, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      const why = error.code === 'EEXIST' ? 'it exists already; choose another name' : error.message;
      throw new DayTradeError('input.invalid', `${file}: ${why}`);
    });
    printResult(
      context.terminal,
      context.json,
      { strategy: name, file },
      () => say`Wrote ${file}. To try it: ${programName} backtest --strategy ${name}`,
    );
  },
};

export const strategiesGroup: CommandGroup = {
  name: 'strategies',
  summary: 'rules to trade by: those of the platform, and your own',
  commands: [list, create],
};

/** The example of docs/strategies.md. */
const example = `import type { StrategyFile } from '@daytrade/trading';

/** Buys what fell some sessions in a row, and sells at the close. */
const strategy: StrategyFile = ({ most, invested, mostTraded, sharesFor }) => ({
  summary: 'buys what fell some sessions in a row, from open to close',
  parameters: [
    most,
    invested,
    { name: 'falls', description: 'falls in a row', low: 1, high: 10, default: 3, candidates: [2, 3, 4] },
  ],
  needsForecasts: false,
  // Called with each set of parameters, and then before each session with what is known by then.
  with: (parameters) => (view, account) =>
    mostTraded(view, parameters.most!).flatMap((symbol) => {
      // Sessions are counted back: 0 is the newest finished one.
      const backs = Array.from({ length: parameters.falls! }, (_, back) => back);
      const fell = backs.every((back) => view.close(symbol, back) < view.close(symbol, back + 1));
      const shares = sharesFor(view, symbol, (account.equity * parameters.invested!) / parameters.most!);
      return fell && shares > 0 ? [{ symbol, side: 'buy', shares, type: 'market', time: 'open', closes: true }] : [];
    }),
});

export default strategy;
`;
