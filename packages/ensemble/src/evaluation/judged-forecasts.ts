import type { SymbolCode, TradeDate } from '@daytrade/market';
import { sharedArray } from '@daytrade/series';
import type { JudgedForecast } from './report.ts';

const numbers = ['lastClose', 'centre', 'lower', 'upper', 'probabilityUp', 'close'] as const;

/** What is said of a symbol at a session, and its close there, NaN without a trade. Prices in yen. */
export type JudgedNumbers = Readonly<Record<(typeof numbers)[number], number>>;

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

/** Puts judged forecasts into columns. */
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
