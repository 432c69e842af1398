import type { FetchRequest } from '@daytrade/contracts';
import type { SymbolCode } from '@daytrade/market';
import type { FetchedSymbol, FetchSinks } from '@daytrade/market-data';
import type { DataServiceDependencies } from './dependencies.ts';

/** Whether a fetch reads and judges without writing. */
export function isDryRun(request: FetchRequest): boolean {
  return 'dryRun' in request && request.dryRun === true;
}

/**
 * Sinks that keep nothing: a fetch into them reads and judges everything, and counts what it would add or change. What
 * it would write down of symbols is remembered until it ends, since a later file of the same symbol is judged by it.
 */
export function dryRunSinks({ bars, symbols }: DataServiceDependencies['stores']): FetchSinks {
  const would = new Map<SymbolCode, FetchedSymbol>();
  return {
    bars: {
      mergeMany: async (several) => {
        const results = [];
        for (const { symbol, bars: columns } of several) results.push(await bars.compare(symbol, columns));
        return results;
      },
      mergeIntraday: (symbol, columns) => bars.compareIntraday(symbol, columns),
    },
    symbols: {
      find: async (wanted) => new Map([...(await symbols.findMany(wanted)), ...would]),
      upsert: async (infos) => {
        for (const info of infos) would.set(info.symbol, info);
      },
    },
    factors: { upsert: async () => undefined },
    shareCounts: { upsert: async () => undefined },
    announcements: { upsert: async () => undefined },
    quarantine: { replace: async () => undefined, add: async () => undefined },
  };
}
