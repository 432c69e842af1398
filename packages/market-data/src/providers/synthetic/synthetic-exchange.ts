import { DayTradeError } from '@daytrade/errors';
import {
  addDays,
  calendarEnd,
  countSessions,
  dayNumber,
  instantOf,
  isNewYorkSession,
  isSession,
  lastNewYorkSession,
  nextSession,
  parseTradeDate,
  sessionsBetween,
  type TradeDate,
} from '@daytrade/market';
import type { BarColumns, IntradayColumns } from '@daytrade/series';
import { movedSessions, registerCompanies, type SyntheticSymbol } from './companies.ts';
import { PricePath } from './price-path.ts';
import { RandomStream } from './random.ts';
import { MarketFactor } from './session-draw.ts';
import { slotsOfSession } from './session-slots.ts';

/**
 * The information coefficient of {@link SyntheticExchange.idealPrediction}: mean over sessions of the rank correlation
 * across symbols between the prediction and the log return of the next session. It is what a model of these bars can
 * reach at best, and a hit rate between 51 and 52 %.
 */
export const syntheticInformationCoefficient = 0.05;

interface SyntheticExchangeOptions {
  /** Any whole number; the same seed gives the same exchange, byte for byte. */
  readonly seed: number;
  /** Number of listed companies, 1 to 899. */
  readonly symbols: number;
  /** First session with bars, 2022-01-04 by default; on a closed day the first session after it. */
  readonly start?: TradeDate;
}

/** Days, both included. */
interface SessionRange {
  readonly from: TradeDate;
  readonly to: TradeDate;
}

/**
 * Lists the companies of a synthetic exchange and makes their bars when they are asked for.
 *
 * @example
 * const exchange = createSyntheticExchange({ seed: 1, symbols: 40 });
 * exchange.bars('0101', exchange.start, parseTradeDate('2026-11-24'));
 */
export function createSyntheticExchange(options: SyntheticExchangeOptions): SyntheticExchange {
  const symbols = registerCompanies(options.seed, options.symbols);
  const start = options.start ?? parseTradeDate('2022-01-04');
  const sessions = sessionsBetween(start, calendarEnd);
  const slotsOf = (session: number) => slotsOfSession(sessions[session]!);
  const market = new MarketFactor(options.seed, slotsOf);
  const places = new Map(sessions.map((session, place) => [session, place]));
  const pathOf = (symbol: SyntheticSymbol) => {
    const moved = movedSessions(symbol.symbol, start, sessions.at(-1)!).map((session) => places.get(session)!);
    return new PricePath(options.seed, symbol, market, slotsOf, new Set(moved));
  };
  const paths = new Map(symbols.map((symbol) => [symbol.symbol, pathOf(symbol)]));
  const newYork = (until: TradeDate) =>
    syntheticNewYork(options.seed, market, (session) => countSessions(start, session) - 1, { start, until });
  return new SyntheticExchange(symbols, start, sessions, paths, newYork);
}

/**
 * An exchange that does not exist, on the calendar, ticks, lots and price limits of the one that does. Bars are made
 * session by session, so a longer range begins with the same bytes as a shorter one, and a symbol's bars do not depend
 * on how many other symbols are listed.
 */
export class SyntheticExchange {
  readonly symbols: readonly SyntheticSymbol[];
  readonly start: TradeDate;
  readonly #sessions: readonly TradeDate[];
  readonly #paths: ReadonlyMap<string, PricePath>;
  /** Closing values of an index of New York that belongs to this exchange, up to a day there, oldest first. */
  readonly newYork: (until: TradeDate) => readonly IndexClose[];

  constructor(
    symbols: readonly SyntheticSymbol[],
    start: TradeDate,
    sessions: readonly TradeDate[],
    paths: ReadonlyMap<string, PricePath>,
    newYork: (until: TradeDate) => readonly IndexClose[],
  ) {
    this.symbols = symbols;
    this.start = start;
    this.#sessions = sessions;
    this.#paths = paths;
    this.newYork = newYork;
  }

  /**
   * Daily bars of a symbol from `from` to `to`, both included; sessions before the start or without a trade have none.
   *
   * @throws DayTradeError `data.symbol-unknown`; `market.date-out-of-range`
   */
  bars(symbol: string, from: TradeDate, to: TradeDate): BarColumns {
    const path = this.#pathUntil(symbol, to);
    const first = this.#firstSession(from);
    const begin = lowerBound(path.session, first);
    const end = Math.max(begin, lowerBound(path.session, countSessions(this.start, to)));
    return {
      days: Int32Array.from(path.session.slice(begin, end), (session) => dayNumber(this.#sessions[session]!)),
      open: Float64Array.from(path.open.slice(begin, end)),
      high: Float64Array.from(path.high.slice(begin, end)),
      low: Float64Array.from(path.low.slice(begin, end)),
      close: Float64Array.from(path.close.slice(begin, end)),
      volume: Float64Array.from(path.volume.slice(begin, end)),
    };
  }

  /**
   * Returns the 5-minute bars of a symbol from `from` to `to`, both included, that have ended at an instant
   * (milliseconds since 1970 UTC). They add up to the daily bar: first open, last close, highest high, lowest low, sum
   * of volumes. A running session has the bars that it will have when it is over. The closing auctions of morning and
   * day are bars of one price that begin with the auction. A bar without a trade is left out.
   *
   * @throws DayTradeError as {@link SyntheticExchange.bars}
   */
  intradayBars(symbol: string, { from, to }: SessionRange, until: number): IntradayColumns {
    const path = this.#pathUntil(symbol, to);
    const [times, open, high, low, close, volume]: number[][] = [[], [], [], [], [], []];
    const end = countSessions(this.start, to);
    for (let session = this.#firstSession(from); session < end; session++) {
      const midnight = instantOf(this.#sessions[session]!, '00:00');
      if (midnight > until) break;
      const bars = path.barsWithin(session, until - midnight);
      for (const begin of bars.begins) times!.push(midnight + begin);
      open!.push(...bars.open);
      high!.push(...bars.high);
      low!.push(...bars.low);
      close!.push(...bars.close);
      volume!.push(...bars.volume);
    }
    return {
      times: Float64Array.from(times!),
      open: Float64Array.from(open!),
      high: Float64Array.from(high!),
      low: Float64Array.from(low!),
      close: Float64Array.from(close!),
      volume: Float64Array.from(volume!),
    };
  }

  /**
   * The expected log return of the session after `session`, given everything up to its close: what an ideal model
   * would predict. Undefined where the symbol has no bar.
   *
   * @throws DayTradeError as {@link SyntheticExchange.bars}
   */
  idealPrediction(symbol: string, session: TradeDate): number | undefined {
    const path = this.#pathUntil(symbol, session);
    if (session < this.start || !isSession(session)) return undefined;
    const wanted = countSessions(this.start, session) - 1;
    const bar = lowerBound(path.session, wanted);
    return path.session[bar] === wanted ? path.expected[bar] : undefined;
  }

  /** Position of the first session on a day or after it, from the start on. */
  #firstSession(from: TradeDate): number {
    return from > this.start ? countSessions(this.start, from) - (isSession(from) ? 1 : 0) : 0;
  }

  #pathUntil(symbol: string, to: TradeDate): PricePath {
    const path = this.#paths.get(symbol);
    if (path === undefined) {
      const range = `${this.symbols[0]!.symbol} to ${this.symbols.at(-1)!.symbol}`;
      throw new DayTradeError('data.symbol-unknown', `symbol ${symbol}: the synthetic exchange lists ${range}`, {
        details: { field: 'symbol', value: symbol },
      });
    }
    path.extend(countSessions(this.start, to));
    return path;
  }
}

/** Index of the first value of a rising list that is at least `wanted`. */
function lowerBound(rising: readonly number[], wanted: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A closing value of an index, by the day in New York. */
interface IndexClose {
  readonly date: TradeDate;
  readonly value: number;
}

/** Loading of the index on the next overnight move of Tokyo's market. */
const nightLoading = 1.1;
/** Deviation of the index's own move. */
const ownDeviation = 0.0085;
const firstValue = 10_000;

/**
 * Returns a synthetic index of New York. Its last session before one of Tokyo is part of the overnight move of Tokyo's
 * market and carries no information about moves after the open, as the Nasdaq does. A longer series begins with the
 * shorter one.
 *
 * @param placeOf place of a session on the path of the market, from 0
 * @param until last day in New York
 */
function syntheticNewYork(
  seed: number,
  market: MarketFactor,
  placeOf: (session: TradeDate) => number,
  { start, until }: { readonly start: TradeDate; readonly until: TradeDate },
): readonly IndexClose[] {
  const random = new RandomStream(`${seed}/new-york`);
  const closes: IndexClose[] = [];
  let value = firstValue;
  for (let date = lastNewYorkSession(start); date <= until; date = addDays(date, 1)) {
    if (!isNewYorkSession(date)) continue;
    const tokyo = nextSession(date);
    const night = lastNewYorkSession(tokyo) === date ? market.at(placeOf(tokyo)).before[0]! : 0;
    value *= Math.exp(nightLoading * night + ownDeviation * random.normal());
    closes.push({ date, value: Math.round(value * 100) / 100 });
  }
  return closes;
}
