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
    factors: {
      upsert: (symbol, factors) => priceFactors.upsertMany(factors.map((factor) => ({ ...factor, symbol }))),
    },
    shareCounts: {
      upsert: (symbol, counts) => shareCounts.upsertMany(counts.map((count) => ({ ...count, symbol }))),
    },
    announcements: {
      upsert: (symbol, several) =>
        announcements.upsertMany(several.map((one) => ({ ...one, symbol, knownUntil: null }))),
    },
    quarantine: {
      replace: (several) => quarantine.replaceMany(several),
      add: async (several) => {
        for (const each of several) await quarantine.addForFile(each);
      },
    },
  };
}
