import type { BarRows, Panel } from '@daytrade/series';

/** Sessions from which measures are taken. */
const window = 20;

/** What no measure is: the place of one that was not asked for yet. */
const unknown = -1;

/**
 * Deviation and volume of the last 20 sessions, each computed once: many sets of parameters, and the costs of every
 * fill, ask for the same ones.
 */
export class RecentMeasures {
  readonly #bars: BarRows;
  readonly #symbols: number;
  readonly #volatility: Float64Array;
  readonly #volume: Float64Array;

  constructor(panel: Panel) {
    this.#bars = panel;
    this.#symbols = panel.symbols.length;
    const rows = panel.close.length + this.#symbols;
    this.#volatility = new Float64Array(rows).fill(unknown);
    this.#volume = new Float64Array(rows).fill(unknown);
  }

  /** Deviation of the 20 daily log returns before session `t`; NaN with fewer. */
  pastVolatility(t: number, symbol: number): number {
    const row = t * this.#symbols + symbol;
    const before = this.#volatility[row]!;
    if (before !== unknown) return before;
    const { close } = this.#bars;
    let [sum, squares] = [0, 0];
    for (let back = 1; back <= window; back += 1) {
      const step = Math.log(at(close, row - back * this.#symbols) / at(close, row - (back + 1) * this.#symbols));
      sum += step;
      squares += step * step;
    }
    const found = Math.sqrt(Math.max(0, squares / window - (sum / window) ** 2));
    this.#volatility[row] = found;
    return found;
  }

  /** Mean of the 20 daily volumes before session `t`, shares; NaN with fewer. */
  meanVolume(t: number, symbol: number): number {
    const row = t * this.#symbols + symbol;
    const before = this.#volume[row]!;
    if (before !== unknown) return before;
    const { volume } = this.#bars;
    let sum = 0;
    for (let back = 1; back <= window; back += 1) sum += at(volume, row - back * this.#symbols);
    this.#volume[row] = sum / window;
    return sum / window;
  }
}

function at(column: Float64Array, row: number): number {
  return row < 0 ? NaN : column[row]!;
}

const ofPanels = new WeakMap<Panel, RecentMeasures>();

/** The measures of a panel, those of an earlier simulation on it among them. */
export function recentMeasures(panel: Panel): RecentMeasures {
  const found = ofPanels.get(panel) ?? new RecentMeasures(panel);
  ofPanels.set(panel, found);
  return found;
}
