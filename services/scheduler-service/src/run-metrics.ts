import type { Run } from '@daytrade/contracts';
import type { Service } from '@daytrade/service-kit';
import type { SchedulerServiceDependencies } from './dependencies.ts';

/** Counts runs as they end in this process; the number of waiting ones is read from the ledger at each scrape. */
export function addRunMetrics(service: Service, { queue, stores }: SchedulerServiceDependencies): void {
  const finished = service.metrics.counter('runsFinished');
  const duration = service.metrics.histogram('runDuration');
  const queued = service.metrics.gauge('runsQueued');
  const stop = queue.onFinished((run) => {
    finished.inc({ job: run.job, status: run.status });
    const seconds = secondsOf(run);
    if (seconds !== undefined) duration.observe({ job: run.job }, seconds);
  });
  service.addHook('onClose', async () => stop());
  service.metrics.beforeScrape(async () => {
    queued.set((await stores.runs.list({ status: 'queued', limit: 500 })).length);
  });
}

/** Undefined for a run that never started. */
function secondsOf({ startedAt, finishedAt }: Run): number | undefined {
  if (startedAt === null || finishedAt === null) return undefined;
  return (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
}
