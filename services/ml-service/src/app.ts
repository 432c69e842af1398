import { createService, type Service } from '@daytrade/service-kit';
import type { MlServiceDependencies } from './dependencies.ts';
import { auditJob } from './jobs/audit.ts';
import { evaluationJob } from './jobs/evaluation.ts';
import { predictionJob } from './jobs/prediction.ts';
import { reportJob } from './jobs/report.ts';
import { trainingJob } from './jobs/training.ts';
import { addLiveMetrics } from './live-metrics.ts';
import { createPublisher } from './predictions/publisher.ts';
import { addAccuracyRoutes } from './routes/accuracy.ts';
import { addModelRoutes } from './routes/models.ts';
import { addPredictionRoutes } from './routes/predictions.ts';
import { addRunRoutes } from './routes/runs.ts';

/**
 * The ML service: EnsembleSystem over HTTP. Registers its jobs on the queue and gives an app that a test can inject and a process
 * can listen with.
 */
export async function createMlService(dependencies: MlServiceDependencies): Promise<Service> {
  const { queue, settings, logger } = dependencies;
  const service = await createService({
    name: 'ml-service',
    description: 'Trains the ensemble, publishes intervals for the next session, and judges them',
    version: '0.1.0',
    logger,
    token: settings.DAYTRADE_TOKEN,
    checks: [{ name: 'database', check: async () => void (await dependencies.stores.models.live()) }],
  });
  const publish = createPublisher(service, dependencies);
  for (const job of [trainingJob, evaluationJob, auditJob, reportJob]) queue.register(job(dependencies));
  queue.register(predictionJob(publish));
  addPredictionRoutes(service, dependencies, publish);
  addAccuracyRoutes(service, dependencies);
  addModelRoutes(service, dependencies);
  addRunRoutes(service, dependencies);
  addLiveMetrics(service, dependencies);
  return service;
}
