import { dueTimes, type ExecutionScheduler, type RunLedger, type StartableJob } from '@daytrade/jobs';
import type { Service } from '@daytrade/service';

/**
 * Seconds since the oldest due time of a job that no successful run has covered; 0 when all are. A run covers what was
 * due before it was queued, whoever started it, but for a dry run. Without any successful run, what was due before
 * `since` does not count.
 *
 * @param since instant from which this scheduler is responsible, milliseconds since 1970 UTC
 */
async function overdueSeconds(
  ledger: RunLedger,
  job: StartableJob,
  { since, now }: { readonly since: number; readonly now: number },
): Promise<number> {
  const [newest] = await ledger.list({ job: job.queueJob, status: 'succeeded', withoutDryRuns: true, limit: 1 });
  const covered = newest === undefined ? since : Date.parse(newest.queuedAt);
  const oldest = dueTimes(job.schedule, covered, now)[0];
  return oldest === undefined ? 0 : (now - oldest) / 1_000;
}

/** How far each job is behind its schedule, read from the ledger at each scrape. */
export function addOverdueMetric(
  service: Service,
  scheduler: Pick<ExecutionScheduler, 'scheduled'>,
  { ledger, clock }: { readonly ledger: RunLedger; readonly clock: { readonly now: () => number } },
): void {
  const overdue = service.metrics.gauge('jobOverdue');
  const since = clock.now();
  let shown: readonly StartableJob[] = [];
  service.metrics.beforeScrape(async () => {
    const enabled = scheduler.scheduled().filter((job) => job.enabled);
    // A job that is gone, or switched off, would be overdue for ever.
    for (const { name } of shown) if (!enabled.some((job) => job.name === name)) overdue.remove({ job: name });
    shown = enabled;
    for (const job of enabled) {
      overdue.set({ job: job.name }, await overdueSeconds(ledger, job, { since, now: clock.now() }));
    }
  });
}
