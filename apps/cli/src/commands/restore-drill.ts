import { parseResult, type RestoreDrillResult, type Run, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../define-command.ts';
import { drillReport } from '../output/backup-report.ts';
import { japanClock } from '../output/format.ts';
import { table } from '../output/table.ts';
import { printResult } from '../output/terminal.ts';
import { programName } from '../program-name.ts';
import { watchRun } from '../watch-run.ts';

const drillsShown = 100;

export const restoreDrillCommand: CommandDefinition = {
  usage: 'restore-drill',
  summary: 'restore the newest backup into a folder of its own, and measure RTO and RPO',
  description: `Restores the newest backup of DAYTRADE_BACKUP_TARGET into a folder of its own, compares rows and objects
with their checksums, makes the newest published predictions once more, and removes the folder. Nothing else is touched,
and the platform may go on. What it reports: the time from nothing to a verified state (RTO), and the age of the newest
backup when the drill began, which is what a loss at that moment would have cost (RPO).

It is the job "restore-drill"; its runs are the history that --history shows, and the newest one is a metric.`,
  examples: ['daytrade restore-drill', 'daytrade restore-drill --history', 'daytrade restore-drill --history --json'],
  configure: (command) => command.option('--history', 'show the drills of the past, and run none'),
  run: async (context, { options }) => {
    const { terminal, json } = context;
    const connection = await context.connect();
    const name = 'restore-drill';
    if (options.history === true) {
      const query = { job: name, limit: drillsShown };
      const { runs } = await connection.scheduler.call(routes.runs, { query });
      const drills: Drill[] = runs.map(({ id, startedAt, status, result, error }) => ({
        run: id,
        at: startedAt,
        status,
        result: status === 'succeeded' ? parseResult(name, result) : null,
        error: error?.message ?? null,
      }));
      printResult(terminal, json, { drills }, () => drillHistory(drills));
      return;
    }
    const { run } = await connection.scheduler.call(routes.runJob, { params: { name }, body: { payload: {} } });
    const result = parseResult(name, await watchRun(context, connection, run, 'restore drill'));
    printResult(terminal, json, result, () => drillReport(result));
  },
};

/** An earlier drill. */
interface Drill {
  readonly run: string;
  readonly at: string | null;
  readonly status: Run['status'];
  /** Null unless it succeeded. */
  readonly result: RestoreDrillResult | null;
  readonly error: string | null;
}

function drillHistory(drills: readonly Drill[]): string {
  if (drills.length === 0) return `There was no drill yet. ${programName} restore-drill runs one.`;
  return table(drills, {
    'began (JST)': ({ at }) => (at === null ? '' : japanClock(at)),
    status: ({ status }) => status,
    RTO: ({ result }) => (result === null ? '' : `${result.rtoSeconds.toFixed(1)} s`),
    RPO: ({ result }) => (result === null ? '' : `${result.rpoSeconds.toFixed(1)} s`),
    what: ({ result, error }) =>
      result === null ? (error ?? '') : `${result.backup}: ${(result.bytes / 1e6).toFixed(1)} MB`,
  });
}
