import type { SymbolCode, TradeDate } from '@daytrade/market';
import { sharedArray } from '@daytrade/series';
import { ensembleMethods } from '../intervals/method-choice.ts';
import type { JudgedForecast } from './report.ts';

/** Names of the interval methods that are compared, all on the same symbol-days and published by the same rules. */
export const intervalMethodNames = [
  'random-walk',
  'rolling-quantile',
  'ewma-normal',
  'ewma-split',
  'har',
  ...ensembleMethods,
  'published',
] as const;

export type IntervalMethodName = (typeof intervalMethodNames)[number];

/** One symbol-day that has an outcome. */
interface JudgedRow {
  /** Judged session, from 0. */
  readonly day: number;
  readonly symbol: number;
  /** Log return that happened, with the dividend on an ex-day. */
  readonly outcome: number;
  /** The part of it up to the next open, of a forecast made before it; NaN where the session has none. */
  readonly overnight: number;
  /** That dividend as a share of the close before; 0 on every other day. */
  readonly dividend: number;
  /** The dividend that was expected, in the same way. */
  readonly expectedDividend: number;
  /** Log-return bounds of each method, in the order of {@link intervalMethodNames}. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /**
   * Values by model: the predicted log return; the prediction of z without the market's part, which orders the symbols;
   * the probability of a rise.
   */
  readonly predicted: readonly number[];
  readonly ordering: readonly number[];
  readonly probability: readonly number[];
}

/** The judged symbol-days in columns, day after day. */
export class JudgedTable {
  readonly days: number;
  readonly day: number[] = [];
  readonly symbol: number[] = [];
  readonly outcome: number[] = [];
  readonly overnight: number[] = [];
  readonly dividend: number[] = [];
  readonly expectedDividend: number[] = [];
  readonly low: readonly number[][];
  readonly high: readonly number[][];
  readonly predicted: readonly number[][];
  readonly ordering: readonly number[][];
  readonly probability: readonly number[][];

  constructor(days: number, models: number) {
    this.days = days;
    this.low = intervalMethodNames.map(() => []);
    this.high = intervalMethodNames.map(() => []);
    this.predicted = Array.from({ length: models }, () => []);
    this.ordering = Array.from({ length: models }, () => []);
    this.probability = Array.from({ length: models }, () => []);
  }

  get rows(): number {
    return this.day.length;
  }

  add(row: JudgedRow): void {
    for (const name of ['day', 'symbol', 'outcome', 'overnight', 'dividend', 'expectedDividend'] as const) {
      this[name].push(row[name]);
    }
    for (const name of ['low', 'high', 'predicted', 'ordering', 'probability'] as const) {
      for (const [i, column] of this[name].entries()) column.push(row[name][i]!);
    }
  }
}

const numbers = ['lastClose', 'centre', 'lower', 'upper', 'probabilityUp', 'close'] as const;

/** The forecast of a symbol at a session, and its close there, NaN without a trade. Prices in yen. */
type JudgedNumbers = Readonly<Record<(typeof numbers)[number], number>>;

/**
 * Judged forecasts in columns on SharedArrayBuffers, session after session. There are hundreds of thousands of them: as
 * objects they would take many times the memory, and again in each thread that they cross.
 */
export interface JudgedForecasts extends Readonly<Record<(typeof numbers)[number], Float64Array>> {
  readonly length: number;
  readonly symbols: readonly SymbolCode[];
  readonly sessions: readonly TradeDate[];
  /** Places in `symbols` and `sessions`. */
  readonly symbol: Float64Array;
  readonly session: Float64Array;
}

export class JudgedForecastsBuilder {
  readonly #columns: Omit<JudgedForecasts, 'length'>;
  #length = 0;

  /** Makes room for every symbol at every session. */
  constructor(symbols: readonly SymbolCode[], sessions: readonly TradeDate[]) {
    const column = () => sharedArray(symbols.length * sessions.length);
    this.#columns = {
      symbols,
      sessions,
      symbol: column(),
      session: column(),
      lastClose: column(),
      centre: column(),
      lower: column(),
      upper: column(),
      probabilityUp: column(),
      close: column(),
    };
  }

  add(session: number, symbol: number, said: JudgedNumbers): void {
    this.#columns.session[this.#length] = session;
    this.#columns.symbol[this.#length] = symbol;
    for (const name of numbers) this.#columns[name][this.#length] = said[name];
    this.#length += 1;
  }

  forecasts(): JudgedForecasts {
    return { ...this.#columns, length: this.#length };
  }
}

/** The forecasts one by one, session after session. */
export function* eachJudged(forecasts: JudgedForecasts): Generator<JudgedForecast> {
  for (let row = 0; row < forecasts.length; row += 1) yield forecastAt(forecasts, row);
}

/** The forecasts of one symbol after another, each session after session, without those of others beside them. */
export function* judgedBySymbol(
  forecasts: JudgedForecasts,
): Generator<readonly [symbol: SymbolCode, judged: readonly JudgedForecast[]]> {
  const rows = forecasts.symbols.map((): number[] => []);
  for (let row = 0; row < forecasts.length; row += 1) rows[forecasts.symbol[row]!]!.push(row);
  for (const [s, symbol] of forecasts.symbols.entries()) {
    yield [symbol, rows[s]!.map((row) => forecastAt(forecasts, row))];
  }
}

function forecastAt(forecasts: JudgedForecasts, row: number): JudgedForecast {
  const close = forecasts.close[row]!;
  const lower = forecasts.lower[row]!;
  const upper = forecasts.upper[row]!;
  return {
    symbol: forecasts.symbols[forecasts.symbol[row]!]!,
    session: forecasts.sessions[forecasts.session[row]!]!,
    lastClose: forecasts.lastClose[row]!,
    centre: forecasts.centre[row]!,
    lower,
    upper,
    probabilityUp: forecasts.probabilityUp[row]!,
    close: Number.isNaN(close) ? null : close,
    inside: Number.isNaN(close) ? null : close >= lower && close <= upper,
  };
}
