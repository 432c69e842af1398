import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { routes, strategyNameSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { z } from 'zod';
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
  summary: 'list the strategies, and features and members of your own',
  description: `Lists the strategies of the platform, and those in files of your own: strategies/NAME.ts in
DAYTRADE_USER_FOLDER, then features/NAME.ts and members/NAME.ts there, which \`daytrade train\` and \`daytrade evaluate\`
take by name. A file that cannot be used is listed with what is wrong.`,
  examples: ['daytrade strategies list'],
  text: ({ strategies, others }) =>
    [
      table(strategies, {
        strategy: ({ name }) => name,
        'what it does': ({ summary, fault }) => fault ?? say(summary),
        parameters: (one) => parameterRanges(one),
        file: ({ file }) => file ?? '',
      }),
      table(
        others,
        {
          'feature or member': ({ file }) => file,
          'what it does': ({ summary, fault }) => fault ?? summary,
        },
        say`No features and members of your own yet`,
      ),
    ].join('\n\n'),
});

const create: CommandDefinition = {
  usage: 'new <name>',
  summary: 'write the file of a strategy, feature or member of your own, to begin with',
  description: `Writes strategies/NAME.ts, features/NAME.ts or members/NAME.ts in DAYTRADE_USER_FOLDER: a file that runs
as it is, with comments. It runs in a process that reads no other file, starts no program and has no environment. Every
backtest, training and evaluation looks first whether it knows what comes after.`,
  examples: ['daytrade strategies new three-down', 'daytrade strategies new close-place --kind feature'],
  configure: (command) => command.option('--kind <kind>', 'strategy, feature or member', 'strategy'),
  run: async (context, { args, options }) => {
    const name = parseInput(strategyNameSchema, args[0], 'strategies new');
    const kind = parseInput(kindSchema, options.kind, '--kind');
    const { folder, example, tryBy } = examples[kind];
    const file = join(context.settings.DAYTRADE_USER_FOLDER, folder, `${name}.ts`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, example, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      const why = error.code === 'EEXIST' ? 'it exists already; choose another name' : error.message;
      throw new DayTradeError('input.invalid', `${file}: ${why}`);
    });
    printResult(
      context,
      { [kind]: name, file },
      () => say`Wrote ${file}. To try it: ${`${programName} ${tryBy} ${name}`}`,
    );
  },
};

export const strategiesGroup: CommandGroup = {
  name: 'strategies',
  summary: 'rules to trade by, and other files of your own',
  commands: [list, create],
};

const kindSchema = z.enum(['strategy', 'feature', 'member']);

/** The examples of docs/strategies.md. */
const strategy = `import type { StrategyFile } from '@daytrade/trading';

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

const feature = `import type { FeatureFile } from '@daytrade/series';

/** Place of the close within the range of the last 10 bars: 0 at the low, 1 at the high. */
const feature: FeatureFile = {
  summary: 'place of the close within the range of the last 10 bars',
  // Called for each symbol with its bars, oldest first. A value is of its own bar and earlier ones alone.
  values: ({ high, low, close }) =>
    close.map((price, t) => {
      if (t < 9) return NaN; // NaN is unknown
      const highest = Math.max(...high.slice(t - 9, t + 1));
      const lowest = Math.min(...low.slice(t - 9, t + 1));
      return (price - lowest) / (highest - lowest);
    }),
};

export default feature;
`;

const member = `import type { MemberFile } from '@daytrade/ensemble';

const centred = (rank: number) => (Number.isNaN(rank) ? 0 : rank - 0.5);

/** A line through the rank of the last return, by least squares. */
const member: MemberFile<number> = () => ({
  summary: 'a line through the rank of the last return',
  target: 'rank',
  columns: ['rank_return_1'],
  // Feature f of row r is values[f * rows + r]; the target has one number for each row. Any plain data is returned.
  train: ({ values }, target) => {
    const products = target.reduce((sum, outcome, row) => sum + centred(values[row]!) * outcome, 0);
    return products / target.reduce((sum, _, row) => sum + centred(values[row]!) ** 2, 0);
  },
  predict: (slope, { values }) => Float64Array.from(values, (value) => slope * centred(value)),
});

export default member;
`;

/** Folder, example, and command to try it, by kind. */
const examples = {
  strategy: { folder: 'strategies', example: strategy, tryBy: 'backtest --strategy' },
  feature: { folder: 'features', example: feature, tryBy: 'evaluate --features' },
  member: { folder: 'members', example: member, tryBy: 'evaluate --members' },
} as const;
