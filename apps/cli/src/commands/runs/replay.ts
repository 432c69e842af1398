import { routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { printNote, printResult } from '../../output/terminal.ts';
import { watchRun } from '../../watch-run.ts';

export const runsReplayCommand: CommandDefinition = {
  usage: 'replay <run>',
  summary: 'repeat a run that failed, and wait until it ends',
  description: `Repeats a run that failed at its last attempt, was cancelled or was skipped: the same job, payload and
run key, so that the due time it belonged to is done then. A run is repeated once; when the repetition fails too, that
one can be replayed. "daytrade runs list --dead" shows what there is to replay. Ctrl-C cancels the run.`,
  examples: [
    'daytrade runs replay r20261124-091500-4k2m9x7q --dry-run',
    'daytrade runs replay r20261124-091500-4k2m9x7q',
  ],
  configure: (command) => command.option('--dry-run', 'show the run that would be repeated, and repeat nothing'),
  run: async (context, { args, options }) => {
    const id = String(args[0]);
    const connection = await context.connect();
    const { scheduler } = connection;
    if (options.dryRun === true) {
      const { run } = await scheduler.call(routes.run, { params: { id } });
      printResult(
        context.terminal,
        context.json,
        { dryRun: true, run },
        () =>
          `${run.job} ${run.key} ended as ` +
          `${run.status}${run.error === null ? '' : `: ${run.error.message}`}. Nothing was repeated.`,
      );
      return;
    }
    const { run } = await scheduler.call(routes.replayRun, { params: { id } });
    if (run.replayOf !== id) printNote(context.terminal, `the same work is under way already, as run ${run.id}`);
    const result = await watchRun(context, connection, run, run.job);
    printResult(
      context.terminal,
      context.json,
      { run: run.id, replayOf: id, result },
      () => `Run ${run.id} repeated ${id} and succeeded.\n${JSON.stringify(result, null, 2)}`,
    );
  },
};
