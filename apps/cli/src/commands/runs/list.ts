import { type QueryOf, type Run, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { japanClock, percent } from '../../output/format.ts';
import { resultLines } from '../../output/result-lines.ts';
import { renderTable } from '../../output/table.ts';
import { printResult } from '../../output/terminal.ts';

export const runsListCommand: CommandDefinition = {
  usage: 'list',
  summary: 'show the newest runs of all jobs',
  description: 'Shows the newest runs: what started them, how they ended, and the error of those that failed.',
  examples: ['daytrade runs list', 'daytrade runs list --job training --status failed', 'daytrade runs list --dead'],
  configure: (command) =>
    command
      .option('--job <name>', 'only this job')
      .option('--status <status>', 'waiting, queued, running, succeeded, failed, timed-out, cancelled or skipped')
      .option('--dead', 'only runs that failed all their attempts, and that none repeats yet')
      .option('--limit <rows>', 'rows to show', '20'),
  run: async (context, { options }) => {
    const { job, status, limit } = options as QueryOf<typeof routes.runs>;
    const dead = options.dead === true ? 'true' : undefined;
    const connection = await context.connect();
    const list = await connection.scheduler.call(routes.runs, { query: { job, status, dead, limit } });
    printResult(context.terminal, context.json, list, () =>
      list.runs.length === 0
        ? nothing(dead !== undefined)
        : renderTable(
            [
              { title: 'run' },
              { title: 'queued (JST)' },
              { title: 'job' },
              { title: 'started by' },
              { title: 'status' },
              { title: 'what' },
            ],
            list.runs.map((run) => [run.id, japanClock(run.queuedAt), run.job, run.trigger, run.status, whatOf(run)]),
          ),
    );
  },
};

function nothing(dead: boolean): string {
  return dead ? 'No run has failed without being repeated.' : 'No run is listed.';
}

/** Why it failed, how far it is, else what it was asked to do. */
function whatOf({ error, status, progress, trigger, key, payload }: Run): string {
  if (error !== null) return error.message;
  if (status === 'running') return percent(progress?.fraction ?? 0, 0);
  if (trigger !== 'request' && trigger !== 'manual') return key;
  return Object.keys(payload).length === 0 ? '' : resultLines(payload).replaceAll(/\n */g, ', ');
}
