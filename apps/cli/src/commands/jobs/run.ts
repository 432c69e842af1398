import { routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandDefinition } from '../../define-command.ts';
import { printResult } from '../../output/terminal.ts';
import { watchRun } from '../../watch-run.ts';

export const jobsRunCommand: CommandDefinition = {
  usage: 'run <name>',
  summary: 'run a job now and wait until it ends',
  description: 'Runs a job on demand, shows its progress and prints its result. Ctrl-C cancels the run.',
  examples: ['daytrade jobs run prediction', 'daytrade jobs run training --payload \'{"seed": 7}\''],
  configure: (command) => command.option('--payload <json>', 'payload of the job, a JSON object', '{}'),
  run: async (context, { args, options }) => {
    const name = String(args[0]);
    const payload = jsonObject(String(options.payload));
    const connection = await context.connect();
    const { run } = await connection.scheduler.call(routes.runJob, { params: { name }, body: { payload } });
    const result = await watchRun(context, connection, run, name);
    printResult(context.terminal, context.json, { run: run.id, result }, () => JSON.stringify(result, null, 2));
  },
};

function jsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Reported below, together with JSON that is not an object.
  }
  throw new DayTradeError('input.invalid', `--payload: expected a JSON object, got ${JSON.stringify(text)}`, {
    details: { field: '--payload', value: text },
  });
}
