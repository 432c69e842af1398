import {
  damagedSymbolsQuerySchema,
  damagedSymbolsSchema,
  type SymbolList,
  selectionQuerySchema,
  selectionSchema,
  symbolListSchema,
  symbolRemovalQuerySchema,
  symbolRemovalSchema,
} from '@daytrade/contracts';
import { barsAge, parseTradeDate } from '@daytrade/market';
import { readsFrom } from '@daytrade/service-host';
import type { Service } from '@daytrade/service-kit';
import { activeUniverse, newestBar, type SymbolRecord } from '@daytrade/storage';
import type { DataServiceDependencies } from '../dependencies.ts';
import { dateIn } from '../query-date.ts';
import { removeSynthetic } from '../remove-synthetic.ts';
import { selectFromStores } from '../selection.ts';

/** `/v1/symbols`: what there are bars of, and the ones to trade. */
export function addSymbolRoutes(service: Service, { stores, clock }: DataServiceDependencies): void {
  service.get(
    '/v1/symbols',
    {
      ...readsFrom('symbols'),
      schema: {
        summary: 'Every symbol with bars, and the age of the newest bar in use',
        tags: ['symbols'],
        response: { 200: symbolListSchema },
      },
    },
    async () => symbolList(await stores.symbols.list(), clock.now()),
  );

  service.get(
    '/v1/symbols/damaged',
    {
      schema: {
        summary: 'Symbols whose bars are damaged or missing, looked at now',
        tags: ['symbols'],
        querystring: damagedSymbolsQuerySchema,
        response: { 200: damagedSymbolsSchema },
      },
    },
    async ({ query }) => {
      const withBars = (await stores.symbols.list()).filter(({ bars }) => bars > 0).map(({ symbol }) => symbol);
      return { checked: withBars.length, damaged: [...(await stores.bars.damaged(withBars, query.check))] };
    },
  );

  service.delete(
    '/v1/symbols',
    {
      schema: {
        summary: 'Remove the synthetic symbols with their bars, predictions and quarantined rows',
        description: 'Models that were trained on them stay in the registry, marked as synthetic.',
        tags: ['symbols'],
        querystring: symbolRemovalQuerySchema,
        response: { 200: symbolRemovalSchema },
      },
    },
    async () => removeSynthetic(stores),
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

function symbolList(records: readonly SymbolRecord[], now: number): SymbolList {
  const active = activeUniverse(records);
  const displaces = active.some(({ synthetic }) => !synthetic);
  const newest = newestBar(active);
  return {
    symbols: records.map((record) => ({ ...record, displaced: record.synthetic && displaces })),
    barsAge: newest === undefined ? null : barsAge(parseTradeDate(newest), now),
  };
}
