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
import { type BarColumns, barValues, firstAtOrAfter, type IntradayColumns } from '@daytrade/series';
import type { DateRange } from '../network/missing-bars.ts';
import { movedSessions, registerCompanies, type SyntheticSymbol } from './companies.ts';
import { PricePath } from './price-path.ts';
import { RandomStream } from './random.ts';
import { MarketFactor } from './session-draw.ts';
import { slotsOfSession } from './session-slots.ts';

interface SyntheticExchangeOptions {
  /** Any whole number; the same seed gives the same exchange, byte for byte. */
  readonly seed: number;
  /** Number of listed companies, 1 to 899. */
  readonly symbols: number;
  /** First session with bars, 2022-01-04 by default; on a closed day the first session after it. */
  readonly start?: TradeDate;
}

export function createSyntheticExchange(options: SyntheticExchangeOptions): SyntheticExchange {
  return new SyntheticExchange(options);
}

/**
 * An exchange that does not exist, on the calendar, ticks, lots and price limits of the one that does. Bars are made
 * session by session, so a longer range begins with the same bytes as a shorter one, and a symbol's bars do not depend
 * on how many other symbols are listed.
 */
export class SyntheticExchange {
  readonly symbols: readonly SyntheticSymbol[];
  readonly start: TradeDate;
  readonly #seed: number;
  readonly #sessions: readonly TradeDate[];
  readonly #market: MarketFactor;
  readonly #paths: ReadonlyMap<string, PricePath>;

  constructor({ seed, symbols, start = parseTradeDate('2022-01-04') }: SyntheticExchangeOptions) {
    this.symbols = registerCompanies(seed, symbols);
    this.start = start;
    this.#seed = seed;
    const sessions = sessionsBetween(start, calendarEnd);
    this.#sessions = sessions;
    const slotsOf = (session: number) => slotsOfSession(sessions[session]!);
    this.#market = new MarketFactor(seed, slotsOf);
    const places = new Map(sessions.map((session, place) => [session, place]));
    this.#paths = new Map(
      this.symbols.map((listed) => {
        const moved = movedSessions(listed.symbol, start, sessions.at(-1)!).map((session) => places.get(session)!);
        return [listed.symbol, new PricePath(seed, listed, this.#market, slotsOf, new Set(moved))];
      }),
    );
  }

  /**
   * Daily bars of a symbol from `from` to `to`, both included; sessions before the start or without a trade have none.
   *
   * @throws DayTradeError `data.symbol-unknown`; `market.date-out-of-range`
   */
  bars(symbol: string, from: TradeDate, to: TradeDate): BarColumns {
    const path = this.#pathUntil(symbol, to);
    const first = this.#firstSession(from);
    const begin = firstAtOrAfter(path.session, first);
    const end = Math.max(begin, firstAtOrAfter(path.session, countSessions(this.start, to)));
    return {
      days: Int32Array.from(path.session.slice(begin, end), (session) => dayNumber(this.#sessions[session]!)),
      ...barValues((name) => Float64Array.from(path[name].slice(begin, end))),
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
  intradayBars(symbol: string, { from, to }: DateRange, until: number): IntradayColumns {
    const path = this.#pathUntil(symbol, to);
    const times: number[] = [];
    const sessions: ReturnType<PricePath['barsWithin']>[] = [];
    const end = countSessions(this.start, to);
    for (let session = this.#firstSession(from); session < end; session++) {
      const midnight = instantOf(this.#sessions[session]!, '00:00');
      if (midnight > until) break;
      const bars = path.barsWithin(session, until - midnight);
      for (const begin of bars.begins) times.push(midnight + begin);
      sessions.push(bars);
    }
    return {
      times: Float64Array.from(times),
      ...barValues((name) => Float64Array.from(sessions.flatMap((bars) => bars[name]))),
    };
  }

  /**
   * The expected log return of the session after `session`, given everything up to its close: what an ideal model
   * would predict. Its information coefficient is 0.05, and its hit rate between 51 and 52 %. Undefined where the
   * symbol has no bar.
   *
   * @throws DayTradeError as {@link SyntheticExchange.bars}
   */
  idealPrediction(symbol: string, session: TradeDate): number | undefined {
    const path = this.#pathUntil(symbol, session);
    if (session < this.start || !isSession(session)) return undefined;
    const wanted = countSessions(this.start, session) - 1;
    const bar = firstAtOrAfter(path.session, wanted);
    return path.session[bar] === wanted ? path.expected[bar] : undefined;
  }

  /**
   * Returns closing values of a synthetic index of New York up to a day there, oldest first. Its last session before
   * one of Tokyo is part of the overnight move of Tokyo's market and carries no information about moves after the open,
   * as the Nasdaq does. A longer series begins with the shorter one.
   */
  newYork(until: TradeDate): readonly IndexClose[] {
    const random = new RandomStream(`${this.#seed}/new-york`);
    const closes: IndexClose[] = [];
    let value = firstValue;
    for (let date = lastNewYorkSession(this.start); date <= until; date = addDays(date, 1)) {
      if (!isNewYorkSession(date)) continue;
      const tokyo = nextSession(date);
      const isNight = lastNewYorkSession(tokyo) === date;
      const night = isNight ? this.#market.at(countSessions(this.start, tokyo) - 1).before[0]! : 0;
      value *= Math.exp(nightLoading * night + ownDeviation * random.normal());
      closes.push({ date, value: Math.round(value * 100) / 100 });
    }
    return closes;
  }

  /** Position of the first session on a day or after it, from the start on. */
  #firstSession(from: TradeDate): number {
    return from > this.start ? countSessions(this.start, from) - (isSession(from) ? 1 : 0) : 0;
  }

  #pathUntil(symbol: string, to: TradeDate): PricePath {
    const path = this.#paths.get(symbol);
    if (path === undefined) {
      const range = `${this.symbols[0]!.symbol} to ${this.symbols.at(-1)!.symbol}`;
      throw new DayTradeError('data.symbol-unknown', `symbol ${symbol}: the synthetic exchange lists ${range}`);
    }
    path.extend(countSessions(this.start, to));
    return path;
  }
}

interface IndexClose {
  readonly date: TradeDate;
  readonly value: number;
}

/** Loading of the index on the next overnight move of Tokyo's market. */
const nightLoading = 1.1;
/** Deviation of the index's own move. */
const ownDeviation = 0.0085;
const firstValue = 10_000;
