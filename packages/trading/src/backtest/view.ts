import { type PriceTenths, type TickTable, tickAbove, tickBelow, tickSize } from '@daytrade/market';
import type { BarRows } from '@daytrade/series';
import type { BacktestData } from './backtest-data.ts';
import { type RecentMeasures, recentMeasures } from './recent-measures.ts';

/** Shares in a lot of every domestic stock. */
export const usualLot = 100;

/**
 * What is known before a session opens: the bars that are finished, the forecasts of it that were published, its daily
 * limits. Sessions are counted back from the newest finished one, which is 0; what was not traded is NaN.
 */
export class View {
  readonly #data: BacktestData;
  readonly #recent: RecentMeasures;
  /** How many symbols there are; they are named by their places. */
  readonly symbols: number;
  #session = 0;

  constructor(data: BacktestData) {
    this.#data = data;
    this.#recent = recentMeasures(data.panel);
    this.symbols = data.panel.symbols.length;
  }

  /** Goes on to a session. For the loop, not for strategies. */
  goTo(session: number): void {
    this.#session = session;
  }

  /** Sessions that are finished, as many as there are rows of bars. */
  get finished(): number {
    return this.#session;
  }

  /** The session to come, counted from 0. */
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

  /** Whether a symbol is in the set of symbols that is traded, at the session to come. */
  isMember(symbol: number): boolean {
    return this.#data.panel.members === undefined || this.#data.panel.members[this.#row(symbol)] === 1;
  }

  /** Deviation of the last 20 daily log returns of a symbol; NaN with fewer. */
  pastVolatility(symbol: number): number {
    return this.#recent.pastVolatility(this.#session, symbol);
  }

  /** Mean of the last 20 daily volumes, shares; NaN with fewer. */
  meanVolume(symbol: number): number {
    return this.#recent.meanVolume(this.#session, symbol);
  }

  /** All finished bars, row `t * symbols + s`, for what goes through many of them. */
  get bars(): BarRows {
    const { open, high, low, close, volume } = this.#data.panel;
    const finished = (column: Float64Array) => column.subarray(0, this.#session * this.symbols);
    return {
      open: finished(open),
      high: finished(high),
      low: finished(low),
      close: finished(close),
      volume: finished(volume),
    };
  }

  /** The middle of the forecast of the coming close, NaN where nothing was published. */
  centre(symbol: number): number {
    return this.#data.forecasts?.centre[this.#row(symbol)] ?? NaN;
  }

  /** The lower bound of its 93 % interval. */
  lower(symbol: number): number {
    return this.#data.forecasts?.lower[this.#row(symbol)] ?? NaN;
  }

  upper(symbol: number): number {
    return this.#data.forecasts?.upper[this.#row(symbol)] ?? NaN;
  }

  /** Whether skill in the direction had been measured before the session. */
  get skilled(): boolean {
    return this.#data.forecasts?.skilled[this.#session] === 1;
  }

  /** The lowest price of the session to come; -Infinity where prices have no limits. */
  lowerLimit(symbol: number): number {
    return this.#isTraded(symbol) ? this.#at(this.#data.limits.lower, symbol, 0) : -Infinity;
  }

  upperLimit(symbol: number): number {
    return this.#isTraded(symbol) ? this.#at(this.#data.limits.upper, symbol, 0) : Infinity;
  }

  /** Shares in a lot: orders are of whole lots. */
  lot(symbol: number): number {
    return this.#data.lots?.[symbol] ?? usualLot;
  }

  /** The step of the price grid at a price, yen. */
  tick(symbol: number, price: number): number {
    return tickSize(tenthsOf(price), this.tickTable(symbol)) / 10;
  }

  /** The next price above one on the grid; adjusted prices, which have none, go by steps of the same size. */
  above(symbol: number, price: number): number {
    return this.#isTraded(symbol)
      ? tickAbove(tenthsOf(price), this.tickTable(symbol)) / 10
      : price + this.tick(symbol, price);
  }

  below(symbol: number, price: number): number {
    return this.#isTraded(symbol)
      ? tickBelow(tenthsOf(price), this.tickTable(symbol)) / 10
      : price - this.tick(symbol, price);
  }

  tickTable(symbol: number): TickTable {
    return this.#data.panel.symbols[symbol]!.tickTable;
  }

  /** Whether prices are as they were traded: only those have limits and a grid. */
  isTraded(symbol: number): boolean {
    return this.#isTraded(symbol);
  }

  #isTraded(symbol: number): boolean {
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

/** A price in tenths of a yen, without a check: it stands in the loop. */
function tenthsOf(price: number): PriceTenths {
  return Math.round(price * 10) as PriceTenths;
}
