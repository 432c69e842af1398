import { type DatedTickTable, type PriceTenths, tickAbove, tickBelow, tickSize } from '@daytrade/market';
import { type BarRows, mapBars, type Panel } from '@daytrade/series';
import type { BacktestData } from './backtest-data.ts';
import { TickTables } from './tick-tables.ts';

/** Shares in a lot of every domestic stock. */
export const usualLot = 100;

/**
 * Everything known before a session opens: finished bars, the session's published forecasts, its daily limits. Sessions
 * are counted back from the newest finished one, which is 0; a value that was not traded is NaN.
 */
export class View {
  readonly #data: BacktestData;
  readonly #recent: RecentMeasures;
  readonly #ticks: TickTables;
  /** Number of symbols; they are named by their indices. */
  readonly symbols: number;
  #session = 0;

  constructor(data: BacktestData) {
    this.#data = data;
    this.#recent = recentMeasures(data.panel);
    this.#ticks = new TickTables(data.panel, data.groups);
    this.symbols = data.panel.symbols.length;
  }

  /** Moves to a session. For the loop, not for strategies. */
  goTo(session: number): void {
    this.#session = session;
  }

  /** The session to come, counted from 0: also the number of finished sessions. */
  get session(): number {
    return this.#session;
  }

  open(symbol: number, back = 0): number {
    return this.#at(this.#data.panel.open, symbol, back);
  }

  high(symbol: number, back = 0): number {
    return this.#at(this.#data.panel.high, symbol, back);
  }

  low(symbol: number, back = 0): number {
    return this.#at(this.#data.panel.low, symbol, back);
  }

  close(symbol: number, back = 0): number {
    return this.#at(this.#data.panel.close, symbol, back);
  }

  volume(symbol: number, back = 0): number {
    return this.#at(this.#data.panel.volume, symbol, back);
  }

  /** Returns whether a symbol belongs to the traded universe at the session to come. */
  isMember(symbol: number): boolean {
    return this.#data.panel.members === undefined || this.#data.panel.members[this.#row(symbol)] === 1;
  }

  /** Returns the deviation of the last 20 daily log returns of a symbol; NaN with fewer. */
  pastVolatility(symbol: number): number {
    return this.#recent.pastVolatility(this.#session, symbol);
  }

  /** Returns the mean of the last 20 daily volumes, shares; NaN with fewer. */
  meanVolume(symbol: number): number {
    return this.#recent.meanVolume(this.#session, symbol);
  }

  /** All finished bars, row `t * symbols + s`, for strategies that read many of them. */
  get bars(): BarRows {
    return mapBars(this.#data.panel, (column) => column.subarray(0, this.#session * this.symbols));
  }

  /** Returns the centre of the forecast of the coming close, NaN without a forecast. */
  centre(symbol: number): number {
    return this.#data.forecasts?.centre[this.#row(symbol)] ?? NaN;
  }

  /** Returns the lower bound of the 93 % interval. */
  lower(symbol: number): number {
    return this.#data.forecasts?.lower[this.#row(symbol)] ?? NaN;
  }

  upper(symbol: number): number {
    return this.#data.forecasts?.upper[this.#row(symbol)] ?? NaN;
  }

  /** Returns the lower daily limit of the session to come; -Infinity where prices have none. */
  lowerLimit(symbol: number): number {
    return this.isTraded(symbol) ? this.#at(this.#data.limits.lower, symbol, 0) : -Infinity;
  }

  upperLimit(symbol: number): number {
    return this.isTraded(symbol) ? this.#at(this.#data.limits.upper, symbol, 0) : Infinity;
  }

  /** Returns the shares in a lot: orders are of whole lots. */
  lot(symbol: number): number {
    return this.#data.lots?.[symbol] ?? usualLot;
  }

  /** Returns the tick at a price, yen. */
  tick(symbol: number, price: number): number {
    return tickSize(tenthsOf(price), this.tickTable(symbol)) / 10;
  }

  /** Returns the next higher price of the grid. Adjusted prices have no grid and go by steps of the same size. */
  above(symbol: number, price: number): number {
    return this.isTraded(symbol)
      ? tickAbove(tenthsOf(price), this.tickTable(symbol)) / 10
      : price + this.tick(symbol, price);
  }

  below(symbol: number, price: number): number {
    return this.isTraded(symbol)
      ? tickBelow(tenthsOf(price), this.tickTable(symbol)) / 10
      : price - this.tick(symbol, price);
  }

  tickTable(symbol: number): DatedTickTable {
    return this.#ticks.tableAt(this.#session, symbol);
  }

  /** Returns whether prices are as they were traded: only those have limits and a grid. */
  isTraded(symbol: number): boolean {
    return this.#data.panel.symbols[symbol]!.priceBasis === 'traded';
  }

  #row(symbol: number): number {
    return this.#session * this.symbols + symbol;
  }

  #at(column: Float64Array, symbol: number, back: number): number {
    const t = this.#session - 1 - back;
    return back < 0 || t < 0 ? NaN : column[t * this.symbols + symbol]!;
  }
}

/** Returns a price in tenths of a yen, unchecked: it is called in the loop. */
function tenthsOf(price: number): PriceTenths {
  return Math.round(price * 10) as PriceTenths;
}

/** Sessions that a measure covers. */
const window = 20;
/** Marks a measure that is not computed yet. */
const unknown = -1;

/** Deviation and volume of the last 20 sessions. Cached: parameter sets and costs of fills ask for the same ones. */
class RecentMeasures {
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

  /** Returns the deviation of the 20 daily log returns before session `t`; NaN with fewer. */
  pastVolatility(t: number, symbol: number): number {
    const row = t * this.#symbols + symbol;
    const cached = this.#volatility[row]!;
    if (cached !== unknown) return cached;
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

  /** Returns the mean of the 20 daily volumes before session `t`, shares; NaN with fewer. */
  meanVolume(t: number, symbol: number): number {
    const row = t * this.#symbols + symbol;
    const cached = this.#volume[row]!;
    if (cached !== unknown) return cached;
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

const measuresOfPanels = new WeakMap<Panel, RecentMeasures>();

/** Returns the measures of a panel, shared by all simulations on it. */
function recentMeasures(panel: Panel): RecentMeasures {
  const found = measuresOfPanels.get(panel) ?? new RecentMeasures(panel);
  measuresOfPanels.set(panel, found);
  return found;
}
