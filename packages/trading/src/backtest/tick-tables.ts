import { type DatedTickTable, dateOfDayNumber, isOnTick, tickTableOn } from '@daytrade/market';
import type { Panel } from '@daytrade/series';

/** Part of TOPIX500 that a symbol belongs to; `other` for none, undefined where it is not known. */
export type SizeGroup = 'topix100' | 'mid400' | 'other' | undefined;

/** Sessions with a price between the ticks of the standard table, after which a symbol has the narrow one. */
const enough = 2;

/**
 * Tick tables of symbols by session. Mid400 has the narrow table since 2023-06-05, TOPIX100 in steps since 2014-01-14.
 * Prices between the ticks of the standard table show the narrow one where the group is not known.
 */
export class TickTables {
  readonly #panel: Panel;
  readonly #prices: readonly Float64Array[];
  readonly #groups: readonly SizeGroup[];
  readonly #tables: (readonly [session: number, table: DatedTickTable] | undefined)[] = [];
  /** Sessions already read by symbol, how many of them have a narrow price, and the first session after enough. */
  readonly #seen: { read: number; narrow: number; from: number }[];

  constructor(panel: Panel, groups: readonly SizeGroup[] = []) {
    this.#panel = panel;
    this.#prices = [panel.open, panel.high, panel.low, panel.close];
    this.#groups = groups;
    this.#seen = panel.symbols.map(() => ({ read: 0, narrow: 0, from: Infinity }));
  }

  /** Returns the table of a symbol in session `t`, from what was known before it. */
  tableAt(t: number, symbol: number): DatedTickTable {
    const known = this.#tables[symbol];
    if (known?.[0] === t) return known[1];
    const table = this.#find(t, symbol);
    this.#tables[symbol] = [t, table];
    return table;
  }

  #find(t: number, symbol: number): DatedTickTable {
    const group = this.#groups[symbol];
    const { tickTable, priceBasis } = this.#panel.symbols[symbol]!;
    const day = this.#panel.days[t];
    if (group === 'topix100' || group === 'mid400') {
      return day === undefined ? tickTable : tickTableOn(group, dateOfDayNumber(day));
    }
    if (group !== undefined || tickTable !== 'standard' || priceBasis !== 'traded') return tickTable;
    const seen = this.#seen[symbol]!;
    for (; seen.read < t && seen.from === Infinity; seen.read += 1) {
      if (this.#isNarrow(seen.read, symbol)) seen.narrow += 1;
      if (seen.narrow === enough) seen.from = seen.read + 1;
    }
    return t >= seen.from ? 'topix500' : 'standard';
  }

  #isNarrow(t: number, symbol: number): boolean {
    const row = t * this.#panel.symbols.length + symbol;
    return this.#prices.some((column) => {
      const price = column[row]!;
      const tenths = price * 10;
      // Without a bar, or finer than any tick.
      if (!(tenths > 0) || Math.abs(tenths - Math.round(tenths)) > 1e-6) return false;
      return !isOnTick(price, 'standard') && isOnTick(price, 'topix500');
    });
  }
}
