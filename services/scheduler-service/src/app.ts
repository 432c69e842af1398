import { defaultJobs, ExecutionScheduler, jobCatalogue, jobsAsSet } from '@daytrade/jobs';
import { createService, edgeOf, type Service } from '@daytrade/service';
import { databaseCheck } from '@daytrade/service/host';
import { addBackupMetrics } from './backup-metrics.ts';
import type { SchedulerServiceDependencies } from './dependencies.ts';
import { addDumpMetric } from './dump-metric.ts';
import { hasServiceAccount, KubernetesApi } from './kubernetes-api.ts';
import { watchForNotices } from './notices/watch-for-notices.ts';
import { addOverdueMetric } from './overdue-jobs.ts';
import { addJobRoutes } from './routes/jobs.ts';
import { addNoticeRoutes } from './routes/notices.ts';
import { addRunRoutes } from './routes/runs.ts';
import { addSessionRoutes } from './routes/sessions.ts';
import { addQueueMetrics, addRunEndMetrics } from './run-metrics.ts';
import { scaleWorkers } from './scaling/scale-workers.ts';

/**
 * The scheduler service: ExecutionScheduler over HTTP. Jobs start by the clock while the app listens, never while
 * requests are only injected.
 */
export async function createSchedulerService(dependencies: SchedulerServiceDependencies): Promise<Service> {
  const { settings, version, stores, queue, clock, random, logger } = dependencies;
  const service = await createService({
    name: 'scheduler-service',
    description: 'Jobs and when they run, runs and how they ended, and the sessions of the exchange',
    version,
    logger,
    ...edgeOf(settings),
    checks: [databaseCheck(stores)],
  });
  const scheduler = new ExecutionScheduler({
    queue,
    ledger: stores.runs,
    schedules: stores.schedules,
    clock,
    random,
    jobs: jobsAsSet(defaultJobs, settings.DAYTRADE_JOBS, Object.values(jobCatalogue)),
    onError: (error, job) => service.log.error({ err: error, job }, `${job} could not be started`),
  });
  addJobRoutes(service, { scheduler, queue });
  addRunRoutes(service, dependencies);
  addSessionRoutes(service, clock);
  addNoticeRoutes(service, dependencies);
  addRunEndMetrics(service, queue);
  addQueueMetrics(service, { queue, ledger: stores.runs, clock });
  addBackupMetrics(service, { ledger: stores.runs, clock, scheduled: () => scheduler.scheduled() });
  if (hasServiceAccount()) addDumpMetric(service, clock, new KubernetesApi());
  addOverdueMetric(service, scheduler, { ledger: stores.runs, clock });
  watchForNotices(service, dependencies);
  if (settings.DAYTRADE_WORKER_SCALING) scaleWorkers(service, dependencies);
  if (settings.DAYTRADE_SCHEDULER_ENABLED) followTheClock(service, scheduler, dependencies);
  return service;
}

/** A database that is away when the service starts is asked again after so long. */
const startAgainMs = 2_000;

/** Starts jobs by the clock from the moment the service listens until it drains. */
function followTheClock(
  service: Service,
  scheduler: ExecutionScheduler,
  { queue, clock }: SchedulerServiceDependencies,
): void {
  let over = false;
  const start = async () => {
    try {
      await scheduler.start();
    } catch (error) {
      if (over) return;
      service.log.warn({ err: error }, 'the clock is not followed yet; it is tried again');
      clock.setTimeout(() => void start(), startAgainMs);
    }
  };
  service.addHook('onListen', async () => {
    const registered = new Set(queue.definitions().map(({ name }) => name));
    for (const job of scheduler.scheduled()) {
      if (!registered.has(job.queueJob)) scheduler.setEnabled(job.name, false);
    }
    await start();
  });
  service.addHook('preClose', async () => {
    over = true;
    scheduler.stop();
  });
}
