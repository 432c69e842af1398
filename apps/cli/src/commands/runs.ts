import { type Run, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { jobUnknown } from '@daytrade/jobs';
import type { CommandDefinition, CommandGroup } from '../define-command.ts';
import { textOption } from '../input.ts';
import { say } from '../language/language.ts';
import { japanClock, percent } from '../output/format.ts';
import { table } from '../output/table.ts';
import { faultInWords, printNote, printResult, resultLines } from '../output/terminal.ts';
import type { Connection } from '../platform/connect.ts';
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
  examples: [
    'daytrade runs replay r20261124-091500-4k2m9x7q --dry-run',
    'daytrade runs replay r20261124-091500-4k2m9x7q',
  ],
  configure: (built) => built.option('--dry-run', 'show the run that would be repeated, and repeat nothing'),
  run: async (context, { args, options }) => {
    const id = String(args[0]);
    const connection = await context.connect();
    const { scheduler } = connection;
    if (options.dryRun === true) {
      const { run } = await scheduler.call(routes.run, { params: { id } });
      printResult(context.terminal, context.json, { dryRun: true, run }, () => {
        const ended = run.error === null ? say(run.status) : `${say(run.status)}: ${faultInWords(run.error)}`;
        return say`${run.job} ${run.key} ended as ${ended}. Nothing was repeated.`;
      });
      return;
    }
    const { run } = await scheduler.call(routes.replayRun, { params: { id } });
    if (run.replayOf !== id) printNote(context.terminal, say`the same work is under way already, as run ${run.id}`);
    const result = await watchRun(context, connection, run, run.job);
    printResult(
      context.terminal,
      context.json,
      { run: run.id, replayOf: id, result },
      () => `${say`Run ${run.id} repeated ${id} and succeeded.`}\n${JSON.stringify(result, null, 2)}`,
    );
  },
};

type Scheduler = Connection['scheduler'];

export const runsCancelCommand: CommandDefinition = {
  usage: 'cancel [run]',
  summary: 'stop a run, or all runs of a job',
  description: `Stops a run by its id, every run of a job, or all runs. A waiting run is cancelled at once, a running
one stops soon, and one that has ended stays as it is.`,
  examples: [
    'daytrade runs cancel r20261124-091500-4k2m9x7q',
    'daytrade runs cancel --job training --dry-run',
    'daytrade runs cancel --all',
  ],
  configure: (built) =>
    built
      .option('--job <name>', 'every waiting or running run of this job')
      .option('--all', 'every waiting or running run')
      .option('--dry-run', 'show what would be cancelled, and cancel nothing'),
  run: async (context, { args, options }) => {
    const job = textOption(options, 'job');
    const dryRun = options.dryRun === true;
    assertOneChoice([args[0], job, options.all]);
    const { scheduler } = await context.connect();
    const chosen = args[0] === undefined ? await unfinished(scheduler, job) : [await find(scheduler, args[0])];
    const runs = dryRun ? chosen : await cancelAll(scheduler, chosen);
    printResult(context.terminal, context.json, { dryRun, runs }, () => {
      if (runs.length === 0) return say`No run is waiting or running.`;
      const rows = table(runs, {
        run: ({ id }) => id,
        'queued (JST)': ({ queuedAt }) => japanClock(queuedAt),
        job: (run) => run.job,
        status: ({ status }) => say(status),
      });
      return `${rows}\n\n${dryRun ? say`Nothing was cancelled.` : say`A run that is still running stops soon.`}`;
    });
  },
};

function assertOneChoice(choices: readonly unknown[]): void {
  if (choices.filter((choice) => choice !== undefined).length === 1) return;
  throw new DayTradeError('input.invalid', 'say what to cancel: the id of a run, --job NAME, or --all');
}

async function find(scheduler: Scheduler, id: string): Promise<Run> {
  return (await scheduler.call(routes.run, { params: { id } })).run;
}

/** Returns waiting runs before queued and running ones, so that nothing begins while the others are cancelled. */
async function unfinished(scheduler: Scheduler, job: string | undefined): Promise<Run[]> {
  if (job !== undefined) await assertKnown(scheduler, job);
  const runs: Run[] = [];
  for (const status of ['waiting', 'queued', 'running'] as const) {
    runs.push(...(await scheduler.call(routes.runs, { query: { status, limit: 500 } })).runs);
  }
  return job === undefined ? runs : runs.filter((run) => run.job === job || run.key.startsWith(`${job}/`));
}

async function assertKnown(scheduler: Scheduler, job: string): Promise<void> {
  const known = (await scheduler.call(routes.jobs)).jobs.map(({ name }) => name);
  if (!known.includes(job)) throw jobUnknown(job, known);
}

/** @returns the runs after the cancellation */
async function cancelAll(scheduler: Scheduler, runs: readonly Run[]): Promise<Run[]> {
  const after: Run[] = [];
  for (const { id } of runs) after.push((await scheduler.call(routes.cancelRun, { params: { id } })).run);
  return after;
}

export const runsGroup: CommandGroup = {
  name: 'runs',
  summary: 'what ran, and how it ended',
  commands: [list, replay, runsCancelCommand],
};
