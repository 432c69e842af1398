import type { SymbolList } from '@daytrade/contracts';

export type ListedSymbol = SymbolList['symbols'][number];

/** The symbols that everything on the page is about: synthetic ones beside real ones are displaced, and not counted. */
export function symbolsInUse({ symbols }: Pick<SymbolList, 'symbols'>): readonly ListedSymbol[] {
  return symbols.filter(({ displaced }) => !displaced);
}
