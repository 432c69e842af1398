import type { PaperFill, PriceFactor } from '@daytrade/contracts';
import { parseSymbol, type SymbolCode } from '@daytrade/market';
import type { Stores } from '@daytrade/storage';
import type { OwnFill } from '@daytrade/trading';

/**
 * Fills with their prices as the stored bars have them by now. A split restates all earlier bars that are adjusted for
 * splits, and writes its factor down with them; traded bars, and what was paid, stay as they are. Bars of files name no
 * splits, so a fill on them keeps its price.
 */
export async function restatedFills(
  fills: readonly OwnFill[],
  { symbols, priceFactors }: Pick<Stores, 'symbols' | 'priceFactors'>,
): Promise<PaperFill[]> {
  const records = await symbols.findMany([...new Set(fills.map(({ symbol }) => parseSymbol(symbol)))]);
  const adjusted = [...records.values()].filter(({ priceBasis }) => priceBasis !== 'traded');
  const factors = new Map(
    await Promise.all(adjusted.map(async ({ symbol }) => [symbol, await priceFactors.of(symbol)] as const)),
  );
  return fills.map((fill) => {
    const later = laterSplits(factors.get(fill.symbol as SymbolCode) ?? [], fill.session);
    return { ...fill, restated: fill.price * later };
  });
}

/** What the splits after a session multiply its prices by. */
function laterSplits(factors: readonly PriceFactor[], session: string): number {
  return factors
    .filter(({ kind, date }) => kind === 'split' && date > session)
    .reduce((product, { value }) => product * value, 1);
}
