import { setTimeout as pause } from 'node:timers/promises';
import { type Run, routes, runSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { replayRun, unfinishedStatuses } from '@daytrade/jobs';
import { addEventRoute, addRoute, type Service } from '@daytrade/service';
import type { SchedulerServiceDependencies } from '../app.ts';

/** Limit of each payload, result and error in the list, so that an answer stays below 3 MB. */
const longestJson = 2_048;

/** A followed run is read this often. */
const lookEveryMs = 250;

/** @throws DayTradeError `run.not-found`, `state.damaged` */
async function findRun({ runs }: SchedulerServiceDependencies['stores'], id: string): Promise<Run> {
  const run = await runs.find(id);
  if (run !== undefined) return assertReadable(run);
  throw new DayTradeError('run.not-found', `there is no run ${JSON.stringify(id)}`, { details: { id } });
}

/** Yields a run after each change until its end. The ledger reports it for any process. */
async function* statesOf(
  stores: SchedulerServiceDependencies['stores'],
  id: string,
  signal: AbortSignal,
): AsyncGenerator<{ readonly run: Run }, void, void> {
  for (let before = ''; !signal.aborted; ) {
    const run = await findRun(stores, id);
    const now = JSON.stringify(run);
    if (now !== before) yield { run };
    if (!unfinishedStatuses.includes(run.status)) return;
    before = now;
    await pause(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Adds the routes of runs. */
export function addRunRoutes(service: Service, { stores, queue }: SchedulerServiceDependencies): void {
  addRoute(service, routes.runs, async (request) => {
    const runs = await stores.runs.list({ ...request.query, longestJson });
    return { runs: readableRuns(runs, request.log) };
  });

  addRoute(service, routes.run, async ({ params }) => ({ run: await findRun(stores, params.id) }));

  addEventRoute(service, routes.runEvents, ({ params }, signal) => statesOf(stores, params.id, signal));

  addRoute(service, routes.replayRun, async ({ params, id }) => ({
    run: await replayRun({ queue, ledger: stores.runs }, params.id, id),
  }));

  addRoute(service, routes.cancelRun, async ({ params }) => ({ run: await queue.cancel(params.id) }));
}

/** The log of a request. */
export interface WarningLog {
  warn(fields: object, message: string): void;
}

/** Returns the valid runs. A row of another shape is left out and logged. */
export function readableRuns(runs: readonly Run[], log: WarningLog): Run[] {
  return runs.filter((run) => {
    const problem = problemOf(run);
    if (problem !== undefined) log.warn({ runId: run.id, problem }, `run ${run.id} cannot be read and is left out`);
    return problem === undefined;
  });
}

/** @throws DayTradeError `state.damaged` naming the run and the invalid field */
function assertReadable(run: Run): Run {
  const problem = problemOf(run);
  if (problem === undefined) return run;
  throw new DayTradeError('state.damaged', `run ${run.id} cannot be read: ${problem}`, { details: { id: run.id } });
}

function problemOf(run: Run): string | undefined {
  const issue = runSchema.safeParse(run).error?.issues[0];
  return issue === undefined ? undefined : `${issue.path.join('.')}: ${issue.message}`;
}
