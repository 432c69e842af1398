import type { TradeDate } from '@daytrade/market';
import type { IntradayColumns, PanelSymbol } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';

/** The 5-minute bars of symbols in some sessions, in their order; undefined for one that has none at all. */
export async function readIntraday(
  { bars }: Pick<Stores, 'bars'>,
  symbols: readonly Pick<PanelSymbol, 'symbol'>[],
  range: { readonly from: TradeDate; readonly to: TradeDate },
): Promise<readonly (IntradayColumns | undefined)[]> {
  const withBars = new Set(await bars.symbols('5m'));
  const columns: (IntradayColumns | undefined)[] = [];
  for (const { symbol } of symbols) {
    columns.push(withBars.has(symbol) ? await bars.readIntraday(symbol, range) : undefined);
  }
  return columns;
}
