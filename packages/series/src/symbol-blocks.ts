/** Symbols that stand side by side. */
export interface SymbolBlock {
  readonly first: number;
  readonly width: number;
}

/**
 * Blocks of at most `atOnce` symbols, an even number, and about as wide as each other. All but the last are even, since
 * operators take two symbols at a time.
 */
export function symbolBlocks(symbols: number, atOnce: number): readonly SymbolBlock[] {
  const even = (width: number) => Math.max(2, 2 * Math.ceil(width / 2));
  const width = even(symbols / Math.ceil(Math.max(1, symbols) / atOnce));
  return Array.from({ length: Math.max(1, Math.ceil(symbols / width)) }, (_, block) => {
    const first = block * width;
    return { first, width: Math.min(width, symbols - first) };
  });
}
