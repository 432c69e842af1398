import { setTimeout as pause } from 'node:timers/promises';
import { type Run, routes } from '@daytrade/contracts';
import { DayTradeError, reviveError, type SerialisedError } from '@daytrade/errors';
import type { CommandContext } from './define-command.ts';
import { ProgressLine } from './output/progress-line.ts';
import { leftOutOf, reportLeftOut } from './output/terminal.ts';
import type { Connection } from './platform/connect.ts';

const pollMilliseconds = 250;

/** Result of any job; `parseResult` reads that of a known job. */
type RunResult = NonNullable<Run['result']>;

/**
 * Follows a run to its end and shows its progress on standard error, with the symbols that it had to leave out. Ctrl-C
 * cancels the run.
 *
 * @throws DayTradeError the run's own error; `run.cancelled` after Ctrl-C
 */
export async function watchRun(
  { terminal, signal }: Pick<CommandContext, 'terminal' | 'signal'>,
  { scheduler }: Pick<Connection, 'scheduler'>,
  started: Run,
  title: string,
): Promise<RunResult> {
  const line = new ProgressLine(terminal.stderr, title);
  const params = { id: started.id };
  let run = started;
  let refused: unknown;
  const cancel = () =>
    scheduler.call(routes.cancelRun, { params }).catch((error: unknown) => {
      refused = error;
    });
  const onAbort = () => void cancel();
  if (signal.aborted) await cancel();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    for (;;) {
      if (refused !== undefined) throw refused;
      const isWaiting = run.status === 'queued' || run.status === 'waiting';
      line.show(run.progress, isWaiting);
      if (!isWaiting && run.status !== 'running') break;
      await pause(pollMilliseconds);
      run = (await scheduler.call(routes.run, { params })).run;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    line.end();
  }
  const result = resultOf(run);
  reportLeftOut(terminal, leftOutOf(result));
  return result;
}

function resultOf(run: Run): RunResult {
  const details = { run: run.id };
  if (run.status === 'succeeded') return run.result ?? {};
  if (run.status === 'cancelled') {
    const reached = run.progress?.message ?? null;
    const where = reached === null ? '' : ` at ${reached}`;
    throw new DayTradeError('run.cancelled', `${run.job} was cancelled${where}; what it finished is kept`, { details });
  }
  if (run.error !== null) throw reviveError(run.error as SerialisedError);
  throw new DayTradeError('run.failed', `${run.job} ended as ${run.status}`, { details });
}
