import { createService, edgeOf, KeptAnswers, type Service } from '@daytrade/service';
import { freshnessOf } from '@daytrade/service/host';
import type { MlServiceDependencies } from './dependencies.ts';
import { auditJob } from './jobs/audit.ts';
import { backtestJob } from './jobs/backtest.ts';
import { backupJob } from './jobs/backup.ts';
import { evaluationJob } from './jobs/evaluation.ts';
import { paperSessionJob } from './jobs/paper-session.ts';
import { predictionJob } from './jobs/prediction.ts';
import { reportJob } from './jobs/report.ts';
import { restoreDrillJob } from './jobs/restore-drill.ts';
import { retentionJob } from './jobs/retention.ts';
import { trainingJob } from './jobs/training.ts';
import { databaseOrKeptAnswers, keepRefreshed, longestAgeSeconds } from './kept-answers.ts';
import { addLiveMetrics, addPredictionShift } from './metrics.ts';
import { createPublishers, type Publishers } from './predictions/publisher.ts';
import { addAccuracyRoutes } from './routes/accuracy.ts';
import { addBacktestRoutes } from './routes/backtests.ts';
import { addModelRoutes } from './routes/models.ts';
import { addPaperRoutes } from './routes/paper.ts';
import { addPredictionRoutes } from './routes/predictions.ts';
import { addReportRoutes } from './routes/reports.ts';
import { addRunRoutes } from './routes/runs.ts';
import { addTodayRoutes } from './routes/today.ts';

/**
 * The ML service: EnsembleSystem over HTTP. Registers its jobs on the queue and gives an app that a test can inject and
 * a process can listen with.
 */
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

/**
 * Registers what the ML service does in the background, also for a process that only works; `service` is where it
 * counts.
 */
export function registerMlJobs(service: Service, dependencies: MlServiceDependencies): void {
  register(dependencies, createPublishers(service, dependencies));
}

function register(dependencies: MlServiceDependencies, publishers: Publishers): void {
  const { queue } = dependencies;
  const jobs = [trainingJob, evaluationJob, auditJob, backtestJob, paperSessionJob];
  for (const job of [...jobs, reportJob, retentionJob, backupJob, restoreDrillJob]) queue.register(job(dependencies));
  queue.register(predictionJob(dependencies, publishers));
}
