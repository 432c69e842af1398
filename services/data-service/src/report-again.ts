import type { Run } from '@daytrade/jobs';
import { activeSymbols } from '@daytrade/storage';
import type { DataServiceDependencies } from './dependencies.ts';

/** Reports that are looked at: closes come hours late, or with the next import. */
const newestReports = 20;

/**
 * Asks for the job `report` once bars came and a report lacks closes, which these may be. Without such a report, and in
 * a process that knows no such job, nothing is asked for.
 *
 * @param bars how many daily ones were added or changed
 */
export async function reportAgain(
  { stores, queue }: Pick<DataServiceDependencies, 'stores' | 'queue'>,
  run: Pick<Run, 'id' | 'trigger' | 'requestId'>,
  bars: number,
): Promise<void> {
  if (bars === 0) return;
  const { synthetic } = await activeSymbols(stores);
  const listed = await stores.reports.list(synthetic, newestReports);
  if (!listed.some(({ superseded, judged, published }) => !superseded && judged < published)) return;
  // One for each that brought bars: what came later may have the close that is still missing.
  await enqueueAfter(queue, run, 'report', `report/after/${run.id}`);
}

/** Queues a job because of another run. Returns undefined where no service of this process has that job. */
export async function enqueueAfter(
  queue: DataServiceDependencies['queue'],
  { trigger, requestId }: Pick<Run, 'trigger' | 'requestId'>,
  job: 'report' | 'prediction',
  key: string,
): Promise<Run | undefined> {
  if (!queue.definitions().some(({ name }) => name === job)) return undefined;
  return await queue.enqueue({ job, key, payload: {}, trigger, requestId: requestId ?? undefined });
}
