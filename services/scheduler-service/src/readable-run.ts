import { type Run, runSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';

/** Where problems are written: the log of a request. */
export interface WarningLog {
  warn(fields: object, message: string): void;
}

/**
 * The runs that can be shown. One that something else wrote into the table in another shape is left out, and named in
 * the log.
 */
export function readableRuns(runs: readonly Run[], log: WarningLog): Run[] {
  return runs.filter((run) => {
    const problem = problemOf(run);
    if (problem !== undefined) log.warn({ runId: run.id, problem }, `run ${run.id} cannot be read and is left out`);
    return problem === undefined;
  });
}

/** @throws DayTradeError `state.damaged` naming the run and what of it cannot be read */
export function assertReadable(run: Run): Run {
  const problem = problemOf(run);
  if (problem === undefined) return run;
  throw new DayTradeError('state.damaged', `run ${run.id} cannot be read: ${problem}`, { details: { id: run.id } });
}

function problemOf(run: Run): string | undefined {
  const issue = runSchema.safeParse(run).error?.issues[0];
  return issue === undefined ? undefined : `${issue.path.join('.')}: ${issue.message}`;
}
