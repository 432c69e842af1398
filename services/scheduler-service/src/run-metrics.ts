import type { Run } from '@daytrade/contracts';
import type { JobQueue, RunLedger } from '@daytrade/jobs';
import type { Service } from '@daytrade/service';

/** Counts runs as they end in this process, whatever service it is. */
export function addRunEndMetrics(service: Service, queue: Pick<JobQueue, 'onFinished'>): void {
  const finished = service.metrics.counter('runsFinished');
  const duration = service.metrics.histogram('runDuration');
  const stop = queue.onFinished((run) => {
    finished.inc({ job: run.job, status: run.status });
    const seconds = secondsOf(run);
    if (seconds !== undefined) duration.observe({ job: run.job }, seconds);
  });
  service.addHook('onClose', async () => stop());
}

/** Undefined for a run that never started. */
function secondsOf({ startedAt, finishedAt }: Run): number | undefined {
  if (startedAt === null || finishedAt === null) return undefined;
  return (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
}

export interface QueueMetricParts {
  readonly queue: Pick<JobQueue, 'definitions'>;
  readonly ledger: Pick<RunLedger, 'unfinished'>;
  readonly clock: { readonly now: () => number };
}

/**
 * How many runs wait and for how long, read from the ledger at each scrape; so it says the same whichever process
 * works.
 */
export function addQueueMetrics(service: Service, { queue, ledger, clock }: QueueMetricParts): void {
  const queued = service.metrics.gauge('runsQueued');
  const ofGroup = service.metrics.gauge('runsQueuedOfGroup');
  const oldest = service.metrics.gauge('oldestQueuedRun');
  service.metrics.beforeScrape(async () => {
    const waiting = (await ledger.unfinished()).filter(({ status }) => status === 'queued');
    queued.set(waiting.length);
    const groups = new Map(queue.definitions().map(({ name, concurrencyGroup }) => [name, concurrencyGroup]));
    for (const group of new Set(groups.values())) {
      ofGroup.set({ group }, waiting.filter(({ job }) => groups.get(job) === group).length);
    }
    const ages = waiting.map(({ queuedAt }) => (clock.now() - Date.parse(queuedAt)) / 1_000);
    oldest.set(Math.max(0, ...ages));
  });
}
