import { routes } from '@daytrade/contracts';
import { addRoute, type Service } from '@daytrade/service';
import type { MlServiceDependencies } from '../dependencies.ts';
import { readSymbolToday } from '../in-day/symbol-today.ts';
import { readToday } from '../in-day/today.ts';
import type { InDayPublisher } from '../predictions/publisher.ts';
import { knownCodes } from '../universe.ts';

/** Where the closes of today lie: of all symbols at a time of the day, of one symbol through the day. */
export function addTodayRoutes(
  service: Service,
  { stores, clock }: MlServiceDependencies,
  publish: InDayPublisher,
): void {
  addRoute(service, routes.publishToday, async ({ body }) => {
    const { modelVersion: _modelVersion, added: _added, ...today } = await publish(body);
    return today;
  });

  addRoute(service, routes.today, ({ query }) => readToday(stores, query.horizon, clock.now()));

  addRoute(service, routes.symbolToday, async ({ params }) => {
    const records = await stores.symbols.list();
    const [code] = knownCodes(records, [params.symbol]);
    return readSymbolToday(stores, records.find(({ symbol }) => symbol === code)!, clock.now());
  });
}
