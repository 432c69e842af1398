import { selectionQuerySchema, selectionSchema, symbolListSchema } from '@daytrade/contracts';
import { readsFrom } from '@daytrade/service-host';
import type { Service } from '@daytrade/service-kit';
import type { DataServiceDependencies } from '../dependencies.ts';
import { dateIn } from '../query-date.ts';
import { selectFromStores } from '../selection.ts';

/** `/v1/symbols`: what there are bars of, and the ones to trade. */
export function addSymbolRoutes(service: Service, { stores }: DataServiceDependencies): void {
  service.get(
    '/v1/symbols',
    {
      ...readsFrom('symbols'),
      schema: { summary: 'Every symbol with bars', tags: ['symbols'], response: { 200: symbolListSchema } },
    },
    async () => ({ symbols: [...(await stores.symbols.list())] }),
  );

  service.get(
    '/v1/symbols/selection',
    {
      ...readsFrom('symbols'),
      schema: {
        summary: 'The symbols that score best by liquidity, volatility, volume consistency and market capitalisation',
        tags: ['symbols'],
        querystring: selectionQuerySchema,
        response: { 200: selectionSchema },
      },
    },
    async ({ query }) => selectFromStores(stores, query.count, dateIn('asOf', query.asOf)),
  );
}
