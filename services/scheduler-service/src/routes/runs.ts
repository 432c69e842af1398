import { type Run, routes, runSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { replayRun } from '@daytrade/jobs';
import { addRoute, type Service } from '@daytrade/service';
import type { SchedulerServiceDependencies } from '../app.ts';

/** Limit of each payload, result and error in the list, so that an answer stays below 3 MB. */
const longestJson = 2_048;

/** @throws DayTradeError `run.not-found`, `state.damaged` */
async function findRun({ runs }: SchedulerServiceDependencies['stores'], id: string): Promise<Run> {
  const run = await runs.find(id);
  if (run !== undefined) return assertReadable(run);
  throw new DayTradeError('run.not-found', `there is no run ${JSON.stringify(id)}`);
}

export function addRunRoutes(service: Service, { stores, queue }: SchedulerServiceDependencies): void {
  addRoute(service, routes.runs, async (request) => {
    const runs = await stores.runs.list({ ...request.query, longestJson });
    return { runs: readableRuns(runs, request.log) };
  });

  addRoute(service, routes.run, async ({ params }) => ({ run: await findRun(stores, params.id) }));

  addRoute(service, routes.replayRun, async ({ params, id }) => ({
    run: await replayRun({ queue, ledger: stores.runs }, params.id, id),
  }));

  addRoute(service, routes.cancelRun, async ({ params }) => ({ run: await queue.cancel(params.id) }));
}

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
  throw new DayTradeError('state.damaged', `run ${run.id} cannot be read: ${problem}`);
}

function problemOf(run: Run): string | undefined {
  const issue = runSchema.safeParse(run).error?.issues[0];
  return issue === undefined ? undefined : `${issue.path.join('.')}: ${issue.message}`;
}
