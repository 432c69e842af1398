import { type Job, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandContext } from '../../command-context.ts';
import type { CommandDefinition } from '../../define-command.ts';
import { resultLines } from '../../output/result-lines.ts';
import { printNote, printResult } from '../../output/terminal.ts';
import { Questions } from '../../questions.ts';
import { watchRun } from '../../watch-run.ts';

export const jobsRunCommand: CommandDefinition = {
  usage: 'run <name>',
  summary: 'run a job now and wait until it ends',
  description: `Runs a job on demand, shows its progress and prints its result. Ctrl-C cancels the run.

Before a job that removes something or replaces the live model it asks, in a terminal; --yes answers.`,
  examples: [
    'daytrade jobs run prediction',
    'daytrade jobs run training --payload \'{"seed": 7}\'',
    'daytrade jobs run retention --payload \'{"dryRun": true}\'',
  ],
  configure: (command) =>
    command
      .option('--payload <json>', 'payload of the job, a JSON object', '{}')
      .option('--yes', 'ask nothing before it starts'),
  run: async (context, { args, options }) => {
    const name = String(args[0]);
    const payload = jsonObject(String(options.payload));
    const connection = await context.connect();
    if (options.yes !== true && payload.dryRun !== true) {
      const { jobs } = await connection.scheduler.call(routes.jobs);
      if (
        !(await isConfirmed(
          context,
          jobs.find((job) => job.name === name),
        ))
      ) {
        printNote(context.terminal, 'Nothing was started.');
        return;
      }
    }
    const { run } = await connection.scheduler.call(routes.runJob, { params: { name }, body: { payload } });
    const result = await watchRun(context, connection, run, name);
    printResult(context.terminal, context.json, { run: run.id, result }, () => resultLines(result));
  },
};

/** Asks before a job that needs it, where a person can answer. */
async function isConfirmed(context: CommandContext, job: Job | undefined): Promise<boolean> {
  if (job?.asksFirst !== true || context.stdin().isTTY !== true) return true;
  using questions = new Questions(context);
  questions.say(`${job.name}: ${job.description}.`);
  return await questions.confirm('Run it now?', false);
}

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
