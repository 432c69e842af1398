import { routes } from '@daytrade/contracts';
import { marketIndices } from '@daytrade/market';
import { addBytesRoute, addRoute, type Service } from '@daytrade/service';
import type { DataServiceDependencies } from '../dependencies.ts';
import { importIndex } from '../indices/import-index.ts';
import { indexEntries, usesSyntheticIndices } from '../indices/index-list.ts';

/** Series beside the bars: which there are, their values, and files of them. */
export function addIndexRoutes(service: Service, dependencies: DataServiceDependencies): void {
  const { stores, clock } = dependencies;
  addRoute(service, routes.indices, async () => ({ indices: [...(await indexEntries(stores, clock.now()))] }));

  addRoute(service, routes.indexValues, async ({ params: { name }, query: { from = '', to = '9999' } }) => {
    const synthetic = await usesSyntheticIndices(stores);
    const values = await stores.indices.values({ name, synthetic });
    const inRange = values.filter(({ date }) => date >= from && date <= to);
    return { name, title: marketIndices[name].title, synthetic, values: inRange };
  });

  addBytesRoute(service, routes.importIndex, 'a CSV file', async ({ params, query }, bytes) =>
    importIndex(dependencies, { ...query, name: params.name, bytes, dryRun: query.dryRun === 'true' }),
  );
}
