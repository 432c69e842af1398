import { type FetchRequest, parseResult, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../define-command.ts';
import { wholeNumber } from '../input.ts';
import { fetchReport } from '../output/fetch-report.ts';
import { printResult } from '../output/terminal.ts';
import { watchRun } from '../watch-run.ts';

type SyntheticRequest = Extract<FetchRequest, { provider: 'synthetic' }>;

export const fetchCommand: CommandDefinition = {
  usage: 'fetch',
  summary: 'fetch bars from a provider',
  description: `Fetches bars from a provider. Today there is one beside "import": the seeded synthetic exchange, which
makes bars with the exchange's calendar, ticks, lots and limits, volatility clusters and a weak known signal. Everything
made from them is labelled synthetic. Real bars displace synthetic ones in training, selection and predictions.`,
  examples: ['daytrade fetch', 'daytrade fetch --count 60 --from 2023-01-04 --seed 7'],
  configure: (command) =>
    command
      .option('--count <symbols>', 'number of symbols', '40')
      .option('--from <date>', 'first session, YYYY-MM-DD')
      .option('--to <date>', 'last session, YYYY-MM-DD; default: the newest closed session')
      .option('--seed <number>', 'the same seed makes the same bars', '20241105'),
  run: async (context, { options }) => {
    const { from, to } = options as Pick<SyntheticRequest, 'from' | 'to'>;
    const body: SyntheticRequest = {
      provider: 'synthetic',
      symbols: wholeNumber(options.count, '--count', { min: 1, max: 500 }),
      seed: wholeNumber(options.seed, '--seed', { min: 0, max: 2 ** 31 }),
      from,
      to,
    };
    const connection = await context.connect();
    const { run } = await connection.data.call(routes.startFetch, { body });
    const result = parseResult('fetch', await watchRun(context, connection, run, 'fetch'));
    printResult(context.terminal, context.json, result, () => fetchReport(result));
  },
};
