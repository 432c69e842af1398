import { routes, type SymbolList } from '@daytrade/contracts';
import { barsAge } from '@daytrade/market';
import { addRoute, type Service } from '@daytrade/service';
import { activeUniverse, newestBar, type SymbolRecord } from '@daytrade/storage';
import { dataHealth } from '../data-health.ts';
import type { DataServiceDependencies } from '../dependencies.ts';
import { knownSymbol } from '../known-symbol.ts';
import { removeSynthetic } from '../remove-synthetic.ts';
import { selectFromStores } from '../selection.ts';

/** Adds the routes of symbols and their selection. */
export function addSymbolRoutes(service: Service, { stores, clock }: DataServiceDependencies): void {
  addRoute(service, routes.symbols, async () => symbolList(await stores.symbols.list(), clock.now()));

  addRoute(service, routes.damagedSymbols, async ({ query }) => {
    const withBars = (await stores.symbols.list()).filter(({ bars }) => bars > 0);
    return { checked: withBars.length, damaged: [...(await stores.bars.damaged(withBars, query.check))] };
  });

  addRoute(service, routes.dataHealth, async ({ query }) => dataHealth(stores, query.symbol, clock.now()));

  addRoute(service, routes.priceFactors, async ({ params }) => {
    const { symbol, name } = await knownSymbol(params.symbol, stores);
    return { symbol, name, factors: [...(await stores.priceFactors.of(symbol))] };
  });

  addRoute(service, routes.removeSymbols, async () => removeSynthetic(stores));

  addRoute(service, routes.selection, async ({ query }) => selectFromStores(stores, query));

  addRoute(service, routes.keptSelections, async ({ query }) => {
    const [info] = activeUniverse(await stores.symbols.list());
    const selections = info === undefined ? [] : await stores.selections.list(info.synthetic, query.limit);
    return { selections: [...selections] };
  });
}

function symbolList(records: readonly SymbolRecord[], now: number): SymbolList {
  const active = activeUniverse(records);
  const displaces = active.some(({ synthetic }) => !synthetic);
  const newest = newestBar(active);
  return {
    symbols: records.map((record) => ({ ...record, displaced: record.synthetic && displaces })),
    barsAge: newest === undefined ? null : barsAge(newest, now),
  };
}
