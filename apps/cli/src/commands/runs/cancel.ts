import { type Run, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { jobUnknown } from '@daytrade/jobs';
import type { CommandDefinition } from '../../define-command.ts';
import { japanClock } from '../../output/format.ts';
import { renderTable } from '../../output/table.ts';
import { printResult } from '../../output/terminal.ts';
import type { Connection } from '../../platform/connection.ts';

type Scheduler = Connection['scheduler'];

export const runsCancelCommand: CommandDefinition = {
  usage: 'cancel [run]',
  summary: 'stop a run, or all runs of a job',
  description:
    'Stops a run by its id, every run of a job, or all runs. A waiting run is cancelled at once, a running one stops ' +
    'soon, and one that has ended stays as it is.',
  examples: [
    'daytrade runs cancel r20261124-091500-4k2m9x7q',
    'daytrade runs cancel --job training --dry-run',
    'daytrade runs cancel --all',
  ],
  configure: (command) =>
    command
      .option('--job <name>', 'every waiting or running run of this job')
      .option('--all', 'every waiting or running run')
      .option('--dry-run', 'show what would be cancelled, and cancel nothing'),
  run: async (context, { args, options }) => {
    const { job, all, dryRun } = options as {
      readonly job?: string;
      readonly all?: boolean;
      readonly dryRun?: boolean;
    };
    assertOneChoice([args[0], job, all]);
    const { scheduler } = await context.connect();
    const chosen = args[0] === undefined ? await unfinished(scheduler, job) : [await find(scheduler, args[0])];
    const runs = dryRun === true ? chosen : await cancelAll(scheduler, chosen);
    printResult(context.terminal, context.json, { dryRun: dryRun === true, runs }, () => {
      if (runs.length === 0) return 'No run is waiting or running.';
      const table = runs.map((run) => [run.id, japanClock(run.queuedAt), run.job, run.status]);
      const note = dryRun === true ? 'Nothing was cancelled.' : 'A run that is still running stops soon.';
      const columns = [{ title: 'run' }, { title: 'queued (JST)' }, { title: 'job' }, { title: 'status' }];
      return `${renderTable(columns, table)}\n\n${note}`;
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

/** What waits for another run, what is queued, what runs: so nothing begins while the others are cancelled. */
async function unfinished(scheduler: Scheduler, job: string | undefined): Promise<Run[]> {
  if (job !== undefined) await assertKnown(scheduler, job);
  const runs: Run[] = [];
  for (const status of ['waiting', 'queued', 'running'] as const) {
    const list = await scheduler.call(routes.runs, { query: { status, limit: 500 } });
    runs.push(...list.runs);
  }
  return job === undefined ? runs : runs.filter((run) => run.job === job || run.key.startsWith(`${job}/`));
}

async function assertKnown(scheduler: Scheduler, job: string): Promise<void> {
  const known = (await scheduler.call(routes.jobs)).jobs.map(({ name }) => name);
  if (!known.includes(job)) throw jobUnknown(job, known);
}

/** @returns the runs as they are after it */
async function cancelAll(scheduler: Scheduler, runs: readonly Run[]): Promise<Run[]> {
  const after: Run[] = [];
  for (const { id } of runs) {
    after.push((await scheduler.call(routes.cancelRun, { params: { id } })).run);
  }
  return after;
}
