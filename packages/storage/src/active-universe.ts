import type { TradeDate } from '@daytrade/market';

/**
 * The symbols with daily bars that training, selection and predictions are about: the real ones as soon as there is
 * one, else the synthetic ones. The two are never mixed, so real bars displace synthetic ones and nothing made from
 * both can exist.
 */
export function activeUniverse<Entry extends { readonly synthetic: boolean; readonly bars: number }>(
  symbols: readonly Entry[],
): readonly Entry[] {
  const withBars = symbols.filter((entry) => entry.bars > 0);
  const real = withBars.filter((entry) => !entry.synthetic);
  return real.length > 0 ? real : withBars;
}

/** The day of the newest bar of some symbols; undefined without symbols. */
export function newestBar(symbols: readonly { readonly lastDate: TradeDate }[]): TradeDate | undefined {
  return symbols
    .map(({ lastDate }) => lastDate)
    .toSorted()
    .at(-1);
}
