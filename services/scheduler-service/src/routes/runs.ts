import { routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { replayRun } from '@daytrade/jobs';
import { addRoute, type Service } from '@daytrade/service-kit';
import type { SchedulerServiceDependencies } from '../dependencies.ts';
import { assertReadable, readableRuns } from '../readable-run.ts';

/** Bytes of each payload, result and error in the list, so that the longest answer has 3 MB. */
const longestJson = 2_048;

/** The ledger of everything that ran, and cancelling what still does. */
export function addRunRoutes(service: Service, { stores, queue }: SchedulerServiceDependencies): void {
  addRoute(service, routes.runs, async (request) => {
    const runs = await stores.runs.list({ ...request.query, longestJson });
    return { runs: readableRuns(runs, request.log) };
  });

  addRoute(service, routes.run, async (request) => {
    const { id } = request.params;
    const run = await stores.runs.find(id);
    if (run === undefined) {
      throw new DayTradeError('run.not-found', `there is no run ${JSON.stringify(id)}`, { details: { id } });
    }
    return { run: assertReadable(run) };
  });

  addRoute(service, routes.replayRun, async ({ params, id }) => ({
    run: await replayRun({ queue, ledger: stores.runs }, params.id, id),
  }));

  addRoute(service, routes.cancelRun, async ({ params }) => ({ run: await queue.cancel(params.id) }));
}
