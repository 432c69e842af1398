import type { FetchRequest } from '@daytrade/contracts';
import type { SymbolCode } from '@daytrade/market';
import type { FetchedSymbol, FetchSinks } from '@daytrade/market-data';
import type { DataServiceDependencies } from './dependencies.ts';

/** Returns the stores of fetched bars, symbols and quarantined rows. Known master data of a symbol stays. */
export function sinksOf({
  bars,
  symbols,
  quarantine,
  priceFactors,
  shareCounts,
  announcements,
}: DataServiceDependencies['stores']): FetchSinks {
  return {
    bars,
    symbols: {
      find: (wanted) => symbols.findMany(wanted),
      upsert: async (infos) => {
        const stored = await symbols.findMany(infos.map(({ symbol }) => symbol));
        const shares = ({ symbol, sharesOutstanding }: FetchedSymbol) =>
          sharesOutstanding ?? stored.get(symbol)?.sharesOutstanding ?? null;
        const askedTo = ({ symbol, askedTo: day }: FetchedSymbol) => day ?? stored.get(symbol)?.askedTo ?? null;
        await symbols.upsertMany(
          infos.map((info) => ({ ...info, sharesOutstanding: shares(info), askedTo: askedTo(info) })),
        );
      },
    },
    factors: priceFactors,
    shareCounts,
    announcements,
    quarantine: {
      replace: (several) => quarantine.replaceMany(several),
      add: async (several) => {
        for (const each of several) await quarantine.addForFile(each);
      },
    },
  };
}

export function isDryRun(request: FetchRequest): boolean {
  return request.dryRun === true;
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
    factors: { upsertMany: async () => undefined },
    shareCounts: { upsertMany: async () => undefined },
    announcements: { upsertMany: async () => undefined },
    quarantine: { replace: async () => undefined, add: async () => undefined },
  };
}
