import { setTimeout as pause } from 'node:timers/promises';
import { type Run, type RunStatus, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandContext, CommandDefinition } from '../define-command.ts';
import { textOption, wholeNumber } from '../input.ts';
import { say } from '../language/language.ts';
import { quantity } from '../output/format.ts';
import { printNote, printResult } from '../output/terminal.ts';
import type { Connection } from '../platform/connect.ts';
import { programName } from '../program-name.ts';
import { whoRuns } from '../who-runs.ts';

const unfinished: readonly RunStatus[] = ['waiting', 'queued', 'running'];
const lookEveryMs = 1_000;

const resumes = `\`${programName} jobs resume\``;

export const jobsDrainCommand: CommandDefinition = {
  usage: 'drain',
  summary: 'pause all jobs and wait until nothing runs any more',
  description: `Pauses all jobs, then waits until what waits, is queued or runs has ended: before a maintenance, an
upgrade of the database, or a copy of the state folder. The jobs stay paused until "daytrade jobs resume". Ctrl-C ends
the waiting, and leaves the pause.`,
  examples: ['daytrade jobs drain --reason upgrade', 'daytrade jobs drain --timeout 600'],
  configure: (command) =>
    command
      .option('--reason <text>', 'why, for a person who finds the jobs paused')
      .option('--timeout <seconds>', 'how long to wait; exit code 5 when something still runs then', '3600'),
  run: async (context, { options }) => {
    const timeout = wholeNumber(options.timeout, '--timeout', { min: 1, max: 86_400 });
    const { scheduler } = await context.connect();
    const body = { by: whoRuns(), reason: textOption(options, 'reason') ?? 'drain' };
    await scheduler.call(routes.pauseScheduler, { body });
    const waited = await waitForEnd(context, scheduler, timeout);
    printResult(context.terminal, context.json, { drained: true, waitedFor: waited }, () =>
      waited.length === 0
        ? say`Nothing was running. All jobs are paused: ${resumes} ends that.`
        : say`Runs that ended: ${waited.length}. All jobs are paused: ${resumes} ends that.`,
    );
  },
};

/** @returns ids of the runs that it waited for */
async function waitForEnd(
  { terminal, signal }: CommandContext,
  scheduler: Connection['scheduler'],
  timeoutSeconds: number,
): Promise<readonly string[]> {
  const deadline = performance.now() + timeoutSeconds * 1_000;
  const waited = new Set<string>();
  for (let said = -1; ; ) {
    const runs = await unfinishedRuns(scheduler);
    if (runs.length === 0) return [...waited];
    for (const { id } of runs) waited.add(id);
    if (runs.length !== said)
      printNote(terminal, say`waiting for ${runs.map(({ id, job }) => `${job} ${id}`).join(', ')}`);
    said = runs.length;
    if (signal.aborted) throw new DayTradeError('run.cancelled', 'the waiting was ended; all jobs stay paused');
    if (performance.now() > deadline) throw stillRunning(runs, timeoutSeconds);
    await pause(lookEveryMs);
  }
}

async function unfinishedRuns(scheduler: Connection['scheduler']): Promise<readonly Run[]> {
  const lists = await Promise.all(
    unfinished.map((status) => scheduler.call(routes.runs, { query: { status, limit: 500 } })),
  );
  return lists.flatMap(({ runs }) => runs);
}

function stillRunning(runs: readonly Run[], seconds: number): DayTradeError {
  const ids = runs.map(({ id }) => id);
  const message =
    `after ${seconds} s ${quantity(runs.length, 'run')} had not ended (${ids.slice(0, 5).join(', ')}); ` +
    'all jobs stay paused';
  return new DayTradeError('run.timed-out', message, { details: { runs: ids } });
}
