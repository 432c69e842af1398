import { routes, type SymbolHistory, type UniverseMembers } from '@daytrade/contracts';
import {
  isWithin,
  japanDate,
  knownFrom,
  parseSymbol,
  type SymbolCode,
  spansOf,
  type TradeDate,
  type UniverseName,
} from '@daytrade/market';
import { addBytesRoute, addRoute, type Service } from '@daytrade/service';
import type { DataServiceDependencies } from '../dependencies.ts';
import { importUniverse } from '../universe/import-universe.ts';

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

type Stores = Pick<DataServiceDependencies['stores'], 'symbols' | 'shareCounts' | 'universe'>;

/** Returns the members of a set on a day, with their stored data. */
async function universeMembers(
  { symbols, shareCounts, universe: store }: Stores,
  universe: UniverseName,
  on: TradeDate,
): Promise<UniverseMembers> {
  const record = await store.read();
  const stored = new Map(realOf(await symbols.list()).map((entry) => [entry.symbol, entry]));
  const reported = await shareCounts.asOf(on);
  const members = [...spansOf(record, universe)].flatMap(([symbol, spans]) => {
    const span = spans.find((one) => isWithin([one], on));
    return span === undefined ? [] : [{ symbol, from: span.from, to: span.to }];
  });
  members.sort((one, other) => (one.symbol < other.symbol ? -1 : 1));
  return {
    universe,
    on,
    knownFrom: knownFrom(record, universe) ?? null,
    listOf: record.observed.findLast((day) => day <= on) ?? null,
    symbols: members.map(({ symbol, from, to }) => ({
      symbol,
      name: stored.get(symbol)?.name ?? null,
      from,
      to,
      bars: stored.get(symbol)?.bars ?? 0,
      shares: reported.get(symbol)?.shares ?? null,
    })),
  };
}

/** All that is known of a symbol by date; nothing but empty lists of one that is not known at all. */
async function symbolHistory({ symbols, shareCounts, universe }: Stores, symbol: SymbolCode): Promise<SymbolHistory> {
  const { spans, successions } = await universe.read();
  const [info] = realOf([await symbols.find(symbol)].filter((found) => found !== undefined));
  return {
    symbol,
    name: info?.name ?? null,
    spans: spans
      .filter((span) => span.symbol === symbol)
      .map(({ universe: set, from, to, reason, source }) => ({ universe: set, from, to, reason, source })),
    became: successions.filter((one) => one.symbol === symbol),
    was: successions.filter(({ successor }) => successor === symbol),
    shares: (await shareCounts.of(symbol)).map(({ date, periodEnd, shares, source }) => {
      return { date, periodEnd, shares, source };
    }),
    bars: info === undefined ? null : { bars: info.bars, firstDate: info.firstDate, lastDate: info.lastDate },
  };
}

/** The record is of real codes, which the synthetic exchange may use for companies of its own. */
function realOf<Entry extends { readonly synthetic: boolean; readonly bars: number }>(
  entries: readonly Entry[],
): readonly Entry[] {
  return entries.filter(({ synthetic, bars }) => !synthetic && bars > 0);
}
