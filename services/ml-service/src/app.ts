import { createService, edgeOf, KeptAnswers, type Service } from '@daytrade/service';
import { databaseCheck, freshnessOf } from '@daytrade/service/host';
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
  const service = await createService({
    name: 'ml-service',
    description: 'Trains the ensemble, publishes intervals for the next session, and judges them',
    version,
    logger,
    ...edgeOf(settings),
    checks: [databaseCheck(stores)],
  });
  new KeptAnswers({ clock, freshness: freshnessOf(stores) }).addTo(service);
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
