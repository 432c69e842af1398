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

  /**
   * Returns the bars with trades of a symbol in session `t`, the closing auction within the last one. They have the
   * open and the close of the daily bar, which 5-minute files may lack.
   */
  bars(t: number, s: number): readonly Bar[] {
    const own = this.#columns[s];
    if (own === undefined || own.times.length === 0) return [];
    const date = dateOfDayNumber(this.#panel.days[t]!);
    const { morningOpen, close } = sessionTimes(date);
    const from = firstAtOrAfter(own.times, instantOf(date, morningOpen));
    const to = firstAtOrAfter(own.times, instantOf(date, close) + barMilliseconds);
    const factor = this.#basis(t, s);
    const bars: Bar[] = [];
    for (let i = from; i < to; i += 1) {
      if (own.open[i]! > 0 && own.close[i]! > 0) {
        bars.push({
          open: own.open[i]! * factor,
          high: own.high[i]! * factor,
          low: own.low[i]! * factor,
          close: own.close[i]! * factor,
          volume: own.volume[i]! / factor,
        });
      }
    }
    const first = bars[0];
    if (first === undefined) return bars;
    const row = t * this.#panel.symbols.length + s;
    const [opened, closed] = [this.#panel.open[row]!, this.#panel.close[row]!];
    bars[0] = { ...first, open: opened, high: Math.max(first.high, opened), low: Math.min(first.low, opened) };
    // The first bar may be the last one as well.
    const last = bars.at(-1)!;
    const [high, low] = [Math.max(last.high, closed), Math.min(last.low, closed)];
    bars[bars.length - 1] = { ...last, close: closed, high, low };
    return bars;
  }

  /** Returns the factor from 5-minute prices to the panel's. */
  #basis(t: number, s: number): number {
    this.#path ??= buildSessionPath(this.#panel, this.#columns, []);
    return this.#path.basis[(t - this.#path.from) * this.#panel.symbols.length + s]!;
  }
}
