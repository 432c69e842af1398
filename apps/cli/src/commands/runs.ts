import { type Run, routes } from '@daytrade/contracts';
import type { CommandDefinition, CommandGroup } from '../define-command.ts';
import { say } from '../language/language.ts';
import { japanClock, percent } from '../output/format.ts';
import { table } from '../output/table.ts';
import { faultInWords, printNote, printResult, resultLines } from '../output/terminal.ts';
import { command } from '../route-command.ts';
import { watchRun } from '../watch-run.ts';

const list = command(routes.runs, {
  usage: 'list',
  summary: 'show the newest runs of all jobs',
  description: 'Shows the newest runs: what started them, how they ended, and the error of those that failed.',
  examples: ['daytrade runs list', 'daytrade runs list --job training --status failed', 'daytrade runs list --dead'],
  options: {
    job: {},
    status: {},
    dead: { switch: 'on' },
    limit: { help: 'rows to show', default: '20' },
  },
  text: ({ runs }, { dead }) =>
    runs.length === 0
      ? nothing(dead === true)
      : table(runs, {
          run: ({ id }) => id,
          'queued (JST)': ({ queuedAt }) => japanClock(queuedAt),
          job: ({ job }) => job,
          'started by': ({ trigger }) => say(trigger),
          status: ({ status }) => say(status),
          what: whatOf,
        }),
});

function nothing(dead: boolean): string {
  return dead ? say`No run has failed without being repeated.` : say`No run is listed.`;
}

/** Returns the reason of a failure, the progress of what runs, else the request. */
function whatOf({ error, status, progress, trigger, key, payload }: Run): string {
  if (error !== null) return faultInWords(error);
  if (status === 'running') return percent(progress?.fraction ?? 0, 0);
  if (trigger !== 'request' && trigger !== 'manual') return key;
  return Object.keys(payload).length === 0 ? '' : resultLines(payload).replaceAll(/\n */g, ', ');
}

const replay: CommandDefinition = {
  usage: 'replay <run>',
  summary: 'repeat a run that failed, and wait until it ends',
  description: `Repeats a run that failed at its last attempt, was cancelled or was skipped: the same job, payload and
run key, so that the due time it belonged to is done then. A run is repeated once; when the repetition fails too, that
one can be replayed. "daytrade runs list --dead" shows what there is to replay. Ctrl-C cancels the run.`,
  examples: ['daytrade runs replay r20261124-091500-4k2m9x7q'],
  run: async (context, { args }) => {
    const id = String(args[0]);
    const connection = await context.connect();
    const { run } = await connection.scheduler.call(routes.replayRun, { params: { id } });
    if (run.replayOf !== id) printNote(context.terminal, say`the same work is under way already, as run ${run.id}`);
    const result = await watchRun(context, connection, run, run.job);
    printResult(
      context,
      { run: run.id, replayOf: id, result },
      () => `${say`Run ${run.id} repeated ${id} and succeeded.`}\n${JSON.stringify(result, null, 2)}`,
    );
  },
};

const cancel = command(routes.cancelRun, {
  usage: 'cancel <run>',
  summary: 'stop a run',
  description: `Stops a run. A waiting run is cancelled at once, a running one stops soon, and one that has ended stays
as it is.`,
  examples: ['daytrade runs cancel r20261124-091500-4k2m9x7q'],
  text: ({ run: { id, job, status } }) => say`Run ${id} of ${job}: ${say(status)}`,
});

export const runsGroup: CommandGroup = {
  name: 'runs',
  summary: 'what ran, and how it ended',
  commands: [list, replay, cancel],
};
