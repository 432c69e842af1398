import { routes } from '@daytrade/contracts';
import { addBytesRoute, addRoute, type Service } from '@daytrade/service';
import type { DataServiceDependencies } from '../dependencies.ts';
import { importIndex } from '../indices/import-index.ts';
import { indexEntries } from '../indices/index-list.ts';

export function addIndexRoutes(service: Service, dependencies: DataServiceDependencies): void {
  const { stores, clock } = dependencies;
  addRoute(service, routes.indices, async () => ({ indices: [...(await indexEntries(stores, clock.now()))] }));

  addBytesRoute(service, routes.importIndex, 'a CSV file', async ({ params, query }, bytes) =>
    importIndex(dependencies, { ...query, name: params.name, bytes, dryRun: query.dryRun === 'true' }),
  );
}
