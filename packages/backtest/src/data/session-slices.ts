import { dateOfDayNumber, instantOf, sessionTimes } from '@daytrade/market';
import { barMilliseconds, firstAtOrAfter, type IntradayColumns, type Panel, SessionBasis } from '@daytrade/series';
import type { Bar } from '@daytrade/trading';

/** The 5-minute bars of the sessions of a panel, in its prices, read session after session. */
export class SessionSlices {
  readonly #panel: Panel;
  readonly #columns: readonly (IntradayColumns | undefined)[];
  readonly #bases: readonly SessionBasis[];

  constructor(panel: Panel, columns: readonly (IntradayColumns | undefined)[]) {
    this.#panel = panel;
    this.#columns = columns;
    this.#bases = columns.map(() => new SessionBasis());
  }

  /** Bars with trades of a symbol in session `t`, the closing auction with the last; empty where there are none. */
  bars(t: number, s: number): readonly Bar[] {
    const own = this.#columns[s];
    if (own === undefined || own.times.length === 0) return [];
    const date = dateOfDayNumber(this.#panel.days[t]!);
    const { morningOpen, close } = sessionTimes(date);
    const from = firstAtOrAfter(own.times, instantOf(date, morningOpen));
    const to = firstAtOrAfter(own.times, instantOf(date, close) + barMilliseconds);
    const bars: Bar[] = [];
    for (let i = from; i < to; i += 1) {
      if (own.open[i]! > 0 && own.close[i]! > 0) {
        bars.push({
          open: own.open[i]!,
          high: own.high[i]!,
          low: own.low[i]!,
          close: own.close[i]!,
          volume: own.volume[i]!,
        });
      }
    }
    return this.#inPanelPrices(t, s, bars);
  }

  /** Also gives the session the open and the close of its daily bar, which 5-minute files may lack. */
  #inPanelPrices(t: number, s: number, bars: readonly Bar[]): readonly Bar[] {
    if (bars.length === 0) return bars;
    const { panel, row } = { panel: this.#panel, row: t * this.#panel.symbols.length + s };
    const factor = this.#bases[s]!.within(panel.open[row]! / bars[0]!.open);
    const scaled = bars.map(({ open, high, low, close, volume }) => ({
      open: open * factor,
      high: high * factor,
      low: low * factor,
      close: close * factor,
      volume: volume / factor,
    }));
    const [first, opened, closed] = [scaled[0]!, panel.open[row]!, panel.close[row]!];
    scaled[0] = { ...first, open: opened, high: Math.max(first.high, opened), low: Math.min(first.low, opened) };
    // The first bar may be the last one as well.
    const last = scaled.at(-1)!;
    scaled[scaled.length - 1] = {
      ...last,
      close: closed,
      high: Math.max(last.high, closed),
      low: Math.min(last.low, closed),
    };
    this.#bases[s]!.observe(
      { high: panel.high[row]!, low: panel.low[row]! },
      { high: Math.max(...bars.map(({ high }) => high)), low: Math.min(...bars.map(({ low }) => low)) },
    );
    return scaled;
  }
}
