import type { Settings } from '@daytrade/contracts';
import { type Clock, defaultJobs, ExecutionScheduler, type JobQueue, jobCatalogue, jobsAsSet } from '@daytrade/jobs';
import { createService, edgeOf, type Logger, type Service } from '@daytrade/service';
import { databaseCheck } from '@daytrade/service/host';
import type { Stores } from '@daytrade/storage';
import { askKubernetes, hasServiceAccount } from './kubernetes-api.ts';
import { addBackupMetrics, addDumpMetric, addOverdueMetric, addQueueMetrics, addRunEndMetrics } from './metrics.ts';
import { watchForNotices } from './notices/notice-round.ts';
import { addJobRoutes } from './routes/jobs.ts';
import { addNoticeRoutes } from './routes/notices.ts';
import { addRunRoutes } from './routes/runs.ts';
import { addSessionRoutes } from './routes/sessions.ts';
import { scaleWorkers } from './scaling.ts';

/**
 * Creates the scheduler service: the ExecutionScheduler over HTTP. The clock starts jobs only while the service
 * listens.
 */
export async function createSchedulerService(dependencies: SchedulerServiceDependencies): Promise<Service> {
  const { settings, version, stores, queue, clock, logger } = dependencies;
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
    jobs: jobsAsSet(defaultJobs, settings.DAYTRADE_JOBS, Object.values(jobCatalogue)),
    onError: (error, job) => service.log.error({ err: error, job }, `${job} could not be started`),
  });
  addJobRoutes(service, scheduler);
  addRunRoutes(service, dependencies);
  addSessionRoutes(service, clock);
  addNoticeRoutes(service, dependencies);
  addRunEndMetrics(service, queue);
  addQueueMetrics(service, { queue, ledger: stores.runs, clock });
  addBackupMetrics(service, { ledger: stores.runs, clock, jobs: scheduler.scheduled() });
  if (hasServiceAccount()) addDumpMetric(service, clock, askKubernetes);
  addOverdueMetric(service, scheduler, { ledger: stores.runs, clock });
  watchForNotices(service, dependencies);
  scaleWorkers(service, dependencies);
  if (settings.DAYTRADE_SCHEDULER_ENABLED) followTheClock(service, scheduler, dependencies);
  return service;
}

/** Retry delay for an unavailable database. */
const startAgainMs = 2_000;

/** Starts jobs by the clock while the service listens, until it drains. */
function followTheClock(
  service: Service,
  scheduler: ExecutionScheduler,
  { clock }: SchedulerServiceDependencies,
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
  service.addHook('onListen', start);
  service.addHook('preClose', async () => {
    over = true;
    scheduler.stop();
  });
}

/** Dependencies of the service; the caller opens and closes them. */
export interface SchedulerServiceDependencies {
  readonly settings: Settings;
  readonly version: string;
  readonly stores: Pick<
    Stores,
    'runs' | 'schedules' | 'schema' | 'symbols' | 'predictions' | 'inDayPredictions' | 'models' | 'reports' | 'notices'
  >;
  /** The other services of the process register their jobs before this one listens. */
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly logger: Logger;
}
