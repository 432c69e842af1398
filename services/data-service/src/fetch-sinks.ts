import type { FetchSinks } from '@daytrade/market-data';
import type { DataServiceDependencies } from './dependencies.ts';

/** Where fetched bars, symbols and quarantined rows go. What is known of a symbol beside its bars stays. */
export function sinksOf({
  bars,
  symbols,
  quarantine,
  priceFactors,
  shareCounts,
}: DataServiceDependencies['stores']): FetchSinks {
  return {
    bars,
    symbols: {
      find: (symbol) => symbols.find(symbol),
      upsert: async (info) => {
        const stored = await symbols.find(info.symbol);
        await symbols.upsertMany([
          { ...info, sharesOutstanding: info.sharesOutstanding ?? stored?.sharesOutstanding ?? null },
        ]);
      },
    },
    factors: {
      upsert: (symbol, factors) => priceFactors.upsertMany(factors.map((factor) => ({ ...factor, symbol }))),
    },
    shareCounts: {
      upsert: (symbol, counts) => shareCounts.upsertMany(counts.map((count) => ({ ...count, symbol }))),
    },
    quarantine: {
      replace: ({ symbol, file }, entries) => quarantine.replaceForFile(file, symbol, entries),
      add: ({ symbol, file }, entries) => quarantine.addForFile(file, symbol, entries),
    },
  };
}
