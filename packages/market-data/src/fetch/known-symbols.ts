import type { SymbolInfo } from '@daytrade/contracts';
import type { SymbolCode } from '@daytrade/market';
import type { BarSource } from '../provider.ts';
import type { SymbolSink } from './ports.ts';

/** Sources whose symbols are asked for at a time. */
const askedAtOnce = 512;

/** What is written down of the symbols of sources that are read one after another, asked for by the hundred. */
export class KnownSymbols {
  readonly #symbols: SymbolSink;
  readonly #sources: readonly BarSource[];
  /** Those of sources from the first one of these on. */
  #found: ReadonlyMap<SymbolCode, SymbolInfo> = new Map();
  #from = Infinity;
  /** What was stored of an earlier source of the symbol counts. */
  readonly #given = new Set<SymbolCode>();

  constructor(symbols: SymbolSink, sources: readonly BarSource[]) {
    this.#symbols = symbols;
    this.#sources = sources;
  }

  /** Of the source at a position, asked for in their order. */
  async at(index: number): Promise<SymbolInfo | undefined> {
    const { symbol } = this.#sources[index]!;
    if (this.#given.has(symbol)) return (await this.#symbols.find([symbol])).get(symbol);
    if (index < this.#from || index >= this.#from + askedAtOnce) {
      const asked = this.#sources.slice(index, index + askedAtOnce);
      this.#found = await this.#symbols.find([...new Set(asked.map((each) => each.symbol))]);
      this.#from = index;
    }
    this.#given.add(symbol);
    return this.#found.get(symbol);
  }
}
