import { routes, type SymbolList, type SymbolRemoval } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { barsAge, parseSymbol } from '@daytrade/market';
import { qualityReasons } from '@daytrade/market-data';
import { addRoute, type Service } from '@daytrade/service';
import { activeUniverse, newestBar, type SymbolRecord } from '@daytrade/storage';
import { dataHealth } from '../data-health.ts';
import type { DataServiceDependencies } from '../dependencies.ts';
import { knownSymbol } from '../known-symbol.ts';
import { selectFromStores } from '../selection.ts';

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

/**
 * Removes the synthetic symbols with all that was made of their bars and shown as theirs: bars, predictions,
 * announcements, quarantined rows. Models stay in the registry, where they say what they were made from. The symbols
 * go last, so that a removal that was cut off is ended by the next one.
 *
 * @throws DayTradeError `state.unwritable`
 */
async function removeSynthetic(stores: DataServiceDependencies['stores']): Promise<SymbolRemoval> {
  const removed = (await stores.symbols.list()).filter(({ synthetic }) => synthetic);
  const symbols = removed.map(({ symbol }) => symbol);
  await stores.bars.remove(symbols);
  const predictions = (await stores.predictions.remove(true)) + (await stores.inDayPredictions.remove(true));
  await stores.judgedCloses.remove(symbols);
  await stores.announcements.remove(symbols);
  const quarantine = await stores.quarantine.remove(symbols);
  await stores.indices.removeSynthetic();
  await stores.symbols.remove(symbols);
  return { symbols, bars: removed.reduce((sum, { bars }) => sum + bars, 0), predictions, quarantine };
}

/** The rows that the quality gate kept out or warned about, and why. */
export function addQuarantineRoutes(service: Service, { stores }: DataServiceDependencies): void {
  addRoute(service, routes.quarantine, async ({ query }) => {
    const symbol = query.symbol === undefined ? undefined : parseSymbol(query.symbol);
    if (query.reason !== undefined) assertReason(query.reason);
    const { total, counts, quarantine } = await stores.quarantine.list({ ...query, symbol });
    // Rows may be kept out of a symbol that has no good one; only what is known neither way is not a symbol.
    const isUnknown = symbol !== undefined && (await stores.quarantine.counts({ symbol })).length === 0;
    if (isUnknown) await knownSymbol(symbol, stores);
    return { total, counts, quarantine };
  });
}

/** @throws DayTradeError `input.invalid` naming the reasons that there are */
function assertReason(reason: string): void {
  if (Object.hasOwn(qualityReasons, reason)) return;
  const known = Object.keys(qualityReasons).join(', ');
  throw new DayTradeError('input.invalid', `reason: expected one of ${known}, got ${JSON.stringify(reason)}`);
}
