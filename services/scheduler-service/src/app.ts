import { defaultJobs, ExecutionScheduler, type JobQueue } from '@daytrade/jobs';
import { createService, type Service } from '@daytrade/service-kit';
import type { SchedulerServiceDependencies } from './dependencies.ts';
import { addJobRoutes } from './routes/jobs.ts';
import { addRunRoutes } from './routes/runs.ts';
import { addSessionRoutes } from './routes/sessions.ts';
import { addRunMetrics } from './run-metrics.ts';

/**
 * The scheduler service: ExecutionScheduler over HTTP. Jobs start by the clock while the app listens, never while requests are
 * only injected.
 */
export async function createSchedulerService(dependencies: SchedulerServiceDependencies): Promise<Service> {
  const { settings, stores, queue, clock, logger } = dependencies;
  const service = await createService({
    name: 'scheduler-service',
    description: 'Jobs and when they run, runs and how they ended, and the sessions of the exchange',
    version: '0.1.0',
    logger,
    token: settings.DAYTRADE_TOKEN,
    checks: [{ name: 'database', check: async () => void (await stores.runs.list({ limit: 1 })) }],
  });
  const scheduler = new ExecutionScheduler({
    queue,
    ledger: stores.runs,
    clock,
    random: Math.random,
    jobs: defaultJobs,
    automaticTrading: settings.DAYTRADE_AUTOMATIC_TRADING,
    onError: (error, job) => service.log.error({ err: error, job }, `${job} could not be started`),
  });
  addJobRoutes(service, { scheduler, queue, jobs: defaultJobs });
  addRunRoutes(service, dependencies);
  addSessionRoutes(service, clock);
  addRunMetrics(service, dependencies);
  if (settings.DAYTRADE_SCHEDULER_ENABLED) followTheClock(service, scheduler, queue);
  return service;
}

/** Starts jobs by the clock from the moment the service listens until it drains. */
function followTheClock(service: Service, scheduler: ExecutionScheduler, queue: JobQueue): void {
  service.addHook('onListen', async () => {
    const registered = new Set(queue.definitions().map(({ name }) => name));
    for (const job of defaultJobs) {
      if (!registered.has(job.queueJob)) scheduler.setEnabled(job.name, false);
    }
    await scheduler.start();
  });
  service.addHook('preClose', async () => scheduler.stop());
}
