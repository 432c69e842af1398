import type { FetchRequest, SymbolInfo } from '@daytrade/contracts';
import type { FetchSinks } from '@daytrade/market-data';
import type { DataServiceDependencies } from './dependencies.ts';

/** Whether a fetch reads and judges without writing. */
export function isDryRun(request: FetchRequest): boolean {
  return request.provider === 'csv' && request.dryRun === true;
}

/**
 * Sinks that keep nothing: a fetch into them reads and judges everything, and counts what it would add or change. What
 * it would write down of symbols is remembered until it ends, since a later file of the same symbol is judged by it.
 */
export function dryRunSinks({ bars, symbols }: DataServiceDependencies['stores']): FetchSinks {
  const would = new Map<string, SymbolInfo>();
  return {
    bars: {
      merge: (symbol, columns) => bars.compare(symbol, columns),
      mergeIntraday: (symbol, columns) => bars.compareIntraday(symbol, columns),
    },
    symbols: {
      find: async (symbol) => would.get(symbol) ?? (await symbols.find(symbol)),
      upsert: async (info) => void would.set(info.symbol, info),
    },
    factors: { upsert: async () => undefined },
    shareCounts: { upsert: async () => undefined },
    quarantine: { replace: async () => undefined, add: async () => undefined },
  };
}
