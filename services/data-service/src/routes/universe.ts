import { routes } from '@daytrade/contracts';
import { japanDate, parseSymbol } from '@daytrade/market';
import { addBytesRoute, addRoute, type Service } from '@daytrade/service';
import type { DataServiceDependencies } from '../dependencies.ts';
import { importUniverse } from '../universe/import-universe.ts';
import { symbolHistory, universeMembers } from '../universe/universe-members.ts';

/** Adds the routes of listings and memberships by date. */
export function addUniverseRoutes(service: Service, { stores, clock }: DataServiceDependencies): void {
  addRoute(service, routes.universe, async ({ query: { universe, on = japanDate(clock.now()) } }) =>
    universeMembers(stores, universe, on),
  );

  addRoute(service, routes.symbolHistory, async ({ params }) => symbolHistory(stores, parseSymbol(params.symbol)));

  addBytesRoute(service, routes.importUniverse, 'a CSV file', async ({ query }, bytes) =>
    importUniverse(stores, { file: query.file, bytes, dryRun: query.dryRun === 'true' }),
  );
}
