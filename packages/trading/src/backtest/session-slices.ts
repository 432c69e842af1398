import { dateOfDayNumber, instantOf, sessionTimes } from '@daytrade/market';
import {
  barMilliseconds,
  buildSessionPath,
  firstAtOrAfter,
  type IntradayColumns,
  type Panel,
  type SessionPath,
} from '@daytrade/series';
import type { Bar } from '../rules/bar-fill.ts';

/** 5-minute bars of a panel's sessions, in the panel's prices; each session is read on its own. */
export class SessionSlices {
  readonly #panel: Panel;
  readonly #columns: readonly (IntradayColumns | undefined)[];
  #path: SessionPath | undefined;

  constructor(panel: Panel, columns: readonly (IntradayColumns | undefined)[]) {
    this.#panel = panel;
    this.#columns = columns;
  }

  /** Returns the bars with trades of a symbol in session `t`, the closing auction within the last one. */
  bars(t: number, s: number): readonly Bar[] {
    return this.#inPanelPrices(t, s, this.#read(t, s));
  }

  #read(t: number, s: number): readonly Bar[] {
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
    return bars;
  }

  /** Returns the factor from 5-minute prices to the panel's. */
  #basis(t: number, s: number): number {
    this.#path ??= buildSessionPath(this.#panel, this.#columns, []);
    return this.#path.basis[(t - this.#path.from) * this.#panel.symbols.length + s]!;
  }

  /** Scales bars, and gives them the open and close of the daily bar, which 5-minute files may lack. */
  #inPanelPrices(t: number, s: number, bars: readonly Bar[]): readonly Bar[] {
    if (bars.length === 0) return bars;
    const { panel, row } = { panel: this.#panel, row: t * this.#panel.symbols.length + s };
    const factor = this.#basis(t, s);
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
    return scaled;
  }
}
