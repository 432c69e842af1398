import { quarantineListSchema, quarantineQuerySchema } from '@daytrade/contracts';
import { parseSymbol } from '@daytrade/market';
import type { Service } from '@daytrade/service-kit';
import type { DataServiceDependencies } from '../dependencies.ts';

/** `/v1/quarantine`: the rows that the quality gate kept out or warned about, and why. */
export function addQuarantineRoutes(service: Service, { stores }: DataServiceDependencies): void {
  service.get(
    '/v1/quarantine',
    {
      schema: {
        summary: 'Rows that the quality gate kept out or warned about',
        description: 'Counts are over all rows that match, whatever limit and offset are.',
        tags: ['quarantine'],
        querystring: quarantineQuerySchema,
        response: { 200: quarantineListSchema },
      },
    },
    async ({ query }) => {
      const symbol = query.symbol === undefined ? undefined : parseSymbol(query.symbol);
      const { total, counts, quarantine } = await stores.quarantine.list({ ...query, symbol });
      return { total, counts: [...counts], quarantine: [...quarantine] };
    },
  );
}
