import type { FetchRequest } from '@daytrade/contracts';
import type { SymbolCode } from '@daytrade/market';
import type { FetchedSymbol, FetchSinks } from '@daytrade/market-data';
import type { DataServiceDependencies } from './dependencies.ts';

/** Returns true for a fetch that reads and judges without writing. */
export function isDryRun(request: FetchRequest): boolean {
  return 'dryRun' in request && request.dryRun === true;
}

/**
 * Returns sinks that store nothing and count what a fetch would add or change. Symbol records are kept until it ends,
 * since later files of the same symbol are judged by them.
 */
export function dryRunSinks({ bars, symbols }: DataServiceDependencies['stores']): FetchSinks {
  const would = new Map<SymbolCode, FetchedSymbol>();
  return {
    bars: {
      mergeMany: (several) => bars.compareMany(several),
      mergeManyIntraday: (several) => bars.compareManyIntraday(several),
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
