import { createService, edgeOf, KeptAnswers, type ReadinessCheck, type Service } from '@daytrade/service';
import { databaseCheck, freshnessOf } from '@daytrade/service/host';
import type { Stores } from '@daytrade/storage';
import type { MlServiceDependencies } from './dependencies.ts';
import { backtestJob } from './jobs/backtest.ts';
import { backupJob, restoreDrillJob, retentionJob } from './jobs/maintenance.ts';
import { predictionJob } from './jobs/prediction.ts';
import { reportJob } from './jobs/report.ts';
import { auditJob, evaluationJob, trainingJob } from './jobs/training.ts';
import { addLiveMetrics, addPredictionShift } from './metrics.ts';
import { paperSessionJob } from './paper/paper-job.ts';
import { createPublishers, type Publishers } from './predictions/publish.ts';
import { addModelRoutes } from './routes/models.ts';
import { addPaperRoutes } from './routes/paper.ts';
import { addAccuracyRoutes, addPredictionRoutes, addTodayRoutes } from './routes/predictions.ts';
import { addBacktestRoutes, addReportRoutes } from './routes/reports.ts';
import { addRunRoutes } from './routes/runs.ts';

/** Creates the ML service, EnsembleSystem over HTTP, and registers its jobs on the queue. */
export async function createMlService(dependencies: MlServiceDependencies): Promise<Service> {
  const { settings, version, stores, clock, logger } = dependencies;
  const kept = new KeptAnswers({ clock, freshness: freshnessOf(stores), longestAgeSeconds });
  const service = await createService({
    name: 'ml-service',
    description: 'Trains the ensemble, publishes intervals for the next session, and judges them',
    version,
    logger,
    ...edgeOf(settings),
    checks: [databaseOrKeptAnswers(dependencies, kept)],
  });
  kept.addTo(service);
  const publishers = createPublishers(service, dependencies);
  register(dependencies, publishers);
  addPredictionRoutes(service, dependencies, publishers.nextClose);
  addTodayRoutes(service, dependencies, publishers.inDay);
  addAccuracyRoutes(service, dependencies);
  addModelRoutes(service, dependencies);
  addReportRoutes(service, dependencies);
  addRunRoutes(service, dependencies);
  addBacktestRoutes(service, dependencies);
  addPaperRoutes(service, dependencies);
  addLiveMetrics(service, dependencies);
  addPredictionShift(service, dependencies, publishers.nextClose);
  if (!stores.alone) keepRefreshed(service, kept);
  return service;
}

/** Registers the jobs of the ML service, also in a worker process; `service` has the metrics. */
export function registerMlJobs(service: Service, dependencies: MlServiceDependencies): void {
  register(dependencies, createPublishers(service, dependencies));
}

function register(dependencies: MlServiceDependencies, publishers: Publishers): void {
  const { queue } = dependencies;
  const jobs = [trainingJob, evaluationJob, auditJob, backtestJob, paperSessionJob];
  for (const job of [...jobs, reportJob, retentionJob, backupJob, restoreDrillJob]) queue.register(job(dependencies));
  queue.register(predictionJob(dependencies, publishers));
}

/** Predictions are made every 15 minutes in market hours; older answers are not served. */
const longestAgeSeconds = 900;

const refreshEveryMs = 60_000;

/**
 * Returns a readiness check that passes while answers are kept, without asking the database: one behind a broken
 * network would take longer than a probe waits.
 */
export function databaseOrKeptAnswers(
  { stores }: { readonly stores: Pick<Stores, 'schema'> },
  kept: Pick<KeptAnswers, 'complete'>,
): ReadinessCheck {
  const { name, check } = databaseCheck(stores);
  const unlessKept = async () => {
    if (!kept.complete) await check();
  };
  return { name, check: unlessKept };
}

/** Refreshes the kept answers once a minute while the service listens, for a time without the database. */
function keepRefreshed(service: Service, kept: KeptAnswers): void {
  let timer: NodeJS.Timeout | undefined;
  const refresh = () =>
    kept.refresh(service).catch((error: unknown) => service.log.warn({ err: error }, 'the answers could not be kept'));
  service.addHook('onListen', async () => {
    timer = setInterval(() => void refresh(), refreshEveryMs);
    timer.unref();
    void refresh();
  });
  service.addHook('preClose', async () => clearInterval(timer));
}
