import type { CommandDefinition } from '../../define-command.ts';
import { placeOptions, wordOf } from '../../deployment/deployment-options.ts';
import { withDeployment } from '../../deployment/open-deployment.ts';
import { wholeNumber } from '../../input.ts';
import { printResult } from '../../output/terminal.ts';

const mostLines = 100_000;
const parts = ['ml-service', 'data-service', 'scheduler-service', 'worker', 'dashboard', 'migrate'];

export const deployLogsCommand: CommandDefinition = {
  usage: 'logs [part]',
  summary: 'show the last lines of a part, of all its pods, or of every part',
  description: `Shows the last lines that the pods of a part (ml-service, data-service, scheduler-service, worker,
dashboard, migrate) have written, each with its pod in front; without a part those of all.`,
  examples: [
    'daytrade deploy logs ml-service --environment staging',
    'daytrade deploy logs worker --environment production --lines 500',
  ],
  configure: (command) => placeOptions(command).option('--lines <number>', 'lines of each pod', '50'),
  run: (context, { args, options }) =>
    withDeployment(context, options, async ({ cluster }) => {
      const [part] = args;
      const lines = wholeNumber(options.lines, '--lines', { min: 1, max: mostLines });
      const selector = `app.kubernetes.io/${part === undefined ? 'name=day-trade' : `component=${part}`}`;
      const prefixed = ['--prefix', '--ignore-errors', '--max-log-requests=50', `--tail=${lines}`];
      const command = cluster.kubectl('logs', '--selector', selector, ...prefixed);
      const text = (await cluster.programs.read('kubectl', command)).trimEnd();
      // Those of the chart beside our own (postgresql, redis) are asked for as well, where there are any.
      if (text === '' && part !== undefined) wordOf('part', parts, part);
      printResult(context.terminal, context.json, { lines: text === '' ? [] : text.split('\n') }, () => text);
    }),
};
