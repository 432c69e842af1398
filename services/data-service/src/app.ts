import { createService, edgeOf, KeptAnswers, type Service } from '@daytrade/service';
import { databaseCheck, freshnessOf } from '@daytrade/service/host';
import { addDataMetrics } from './data-metrics.ts';
import type { DataServiceDependencies } from './dependencies.ts';
import { dataUpdateJob } from './jobs/data-update.ts';
import { fetchJob } from './jobs/fetch.ts';
import { marketPreparationJob } from './jobs/market-preparation.ts';
import { addAnnouncementRoutes } from './routes/announcements.ts';
import { addBarFileRoutes, addBarRoutes } from './routes/bars.ts';
import { addFetchRoutes } from './routes/fetches.ts';
import { addIndexRoutes } from './routes/indices.ts';
import { addQuarantineRoutes, addSymbolRoutes } from './routes/symbols.ts';
import { addUniverseRoutes } from './routes/universe.ts';
import { addUploadRoutes, removeImportedUploads } from './uploads.ts';

/**
 * The data service: DataFetcher and SmartSymbolSelector over HTTP. Registers its jobs on the queue and gives an app
 * that a test can inject and a process can listen with.
 */
export async function createDataService(dependencies: DataServiceDependencies): Promise<Service> {
  const { settings, version, stores, clock, logger } = dependencies;
  registerDataJobs(dependencies);
  const service = await createService({
    name: 'data-service',
    description: 'Bars of the Tokyo Stock Exchange, what was kept out of them, and which symbols to trade',
    version,
    logger,
    ...edgeOf(settings),
    checks: [databaseCheck(stores)],
  });
  new KeptAnswers({ clock, freshness: freshnessOf(stores) }).addTo(service);
  addSymbolRoutes(service, dependencies);
  addUniverseRoutes(service, dependencies);
  addAnnouncementRoutes(service, dependencies);
  addBarRoutes(service, dependencies);
  addBarFileRoutes(service, dependencies);
  addIndexRoutes(service, dependencies);
  addQuarantineRoutes(service, dependencies);
  addUploadRoutes(service, dependencies);
  addFetchRoutes(service, dependencies);
  addDataMetrics(service, dependencies);
  return service;
}

/** Registers what the data service does in the background, also for a process that only works. */
export function registerDataJobs(dependencies: DataServiceDependencies): void {
  for (const job of [fetchJob, dataUpdateJob, marketPreparationJob]) dependencies.queue.register(job(dependencies));
  removeImportedUploads(dependencies);
}
