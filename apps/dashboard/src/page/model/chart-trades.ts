import type { PaperFill } from '@daytrade/contracts';

/** What a book bought, or sold, of a symbol within a session at one price, as the chart shows it. */
export interface ChartTrade {
  readonly session: string;
  readonly side: PaperFill['side'];
  readonly price: number;
  /** The price as the bars of the chart have it, which later splits restate. */
  readonly restated: number;
  readonly shares: number;
}

/** The trades of a symbol, oldest first. Fills of one session, side and price are one: they would hide each other. */
export function chartTrades(fills: readonly PaperFill[], symbol: string): readonly ChartTrade[] {
  const trades = new Map<string, ChartTrade>();
  for (const { session, side, price, restated, shares, ...fill } of fills) {
    if (fill.symbol !== symbol) continue;
    const key = `${session} ${side} ${price}`;
    trades.set(key, { session, side, price, restated, shares: shares + (trades.get(key)?.shares ?? 0) });
  }
  return [...trades.values()].sort((one, other) => (one.session < other.session ? -1 : 1));
}

/** The symbols that were traded, those of the newest fills first. */
export function tradedSymbols(fills: readonly PaperFill[]): readonly string[] {
  return [...new Set(fills.map(({ symbol }) => symbol))];
}
