import { DayTradeError } from '@daytrade/errors';
import {
  dateOfDayNumber,
  dayNumber,
  type InDayHorizon,
  inDayHorizons,
  previousSession,
  type SymbolCode,
  type TradeDate,
  type Yen,
} from '@daytrade/market';
import type { ResultsCalendar, SessionSnapshot } from '@daytrade/series';
import type { IntervalMethod } from '../intervals/method-choice.ts';
import { sessionClasses } from '../intervals/session-stretch.ts';
import type { SessionForecast } from '../time-order/session-forecast.ts';
import { type DailyKnown, dailySessions } from './daily-known.ts';
import type { InDayBars } from './in-day-bars.ts';
import { type HorizonModel, type InDayModel, needsFiveMinutes } from './in-day-model.ts';
import {
  coefficientsOn,
  type FiveMinuteSessions,
  fiveMinuteSessions,
  goThroughPast,
  inputOf,
  type ReadyHorizon,
} from './past-sessions.ts';
import { type InDayRow, inDayRow } from './session-columns.ts';

/** The forecast of one symbol's close of the running session. */
export interface InDayForecast {
  readonly symbol: SymbolCode;
  readonly session: TradeDate;
  readonly horizon: InDayHorizon;
  readonly price: Yen;
  readonly previousClose: Yen;
  readonly centre: Yen;
  /** In traded prices on the tick and inside the session's price limits; rounded outward. See `publishInterval`. */
  readonly lower: Yen;
  readonly upper: Yen;
  readonly intervalMethod: IntervalMethod;
}

/**
 * Forecasts the close of a running session. For each horizon it goes through the past sessions in time order, once, as
 * they were forecast then, and learns from what happened; after that a forecast costs a row a symbol.
 */
export class InDayForecaster {
  readonly #model: InDayModel;
  readonly #bars: InDayBars;
  /** Sessions shared by the horizons of 15 minutes. */
  #fiveMinutes: FiveMinuteSessions | undefined;
  readonly #ready = new Map<InDayHorizon, ReadyHorizon>();

  /** @param bars finished sessions, in the prices of the running one */
  constructor(model: InDayModel, bars: InDayBars) {
    this.#model = model;
    this.#bars = bars;
  }

  /** The horizons that the model knows, in the order of the day. */
  get horizons(): readonly InDayHorizon[] {
    return inDayHorizons.filter((horizon) => this.#model.horizons[horizon] !== undefined);
  }

  /**
   * The forecasts of the close of the session after the newest one of the panel, one for each symbol that has traded by
   * then and has 20 returns.
   *
   * @param now what is known of it, by symbol of the panel
   * @param announced when the companies announce their results, as far as it is known now
   * @throws DayTradeError `input.invalid` when it is not that session, or the model does not know the horizon
   */
  forecast(
    session: TradeDate,
    now: SessionSnapshot,
    horizon: InDayHorizon,
    announced: ResultsCalendar | undefined = this.#bars.announced,
  ): readonly InDayForecast[] {
    this.#checkSession(session);
    const model = this.#modelOf(horizon);
    const { engine, running } = this.#readyAt(horizon, model);
    const row = inDayRow(horizon, running, now);
    const { symbols, days } = this.#bars.panel;
    const classes = sessionClasses(announced, symbols.length, days.at(-1)!, horizon);
    const input = inputOf(row, coefficientsOn(model, dayNumber(session))!, classes);
    return this.#forecasts(session, horizon, row, engine.forecast(input));
  }

  #forecasts(
    session: TradeDate,
    horizon: InDayHorizon,
    row: InDayRow,
    forecast: SessionForecast,
  ): readonly InDayForecast[] {
    const { lower, upper } = forecast.intervals[forecast.method];
    return this.#bars.panel.symbols.flatMap(({ symbol }, s) => {
      if (!Number.isFinite(lower[s]! * upper[s]!)) return [];
      const price = row.price[s]!;
      return {
        symbol,
        session,
        horizon,
        price,
        previousClose: row.previousClose[s]!,
        centre: price * Math.exp(forecast.demoted ? 0 : forecast.centre[s]!),
        lower: lower[s]!,
        upper: upper[s]!,
        intervalMethod: forecast.method,
      };
    });
  }

  #readyAt(horizon: InDayHorizon, model: HorizonModel): ReadyHorizon {
    const before = this.#ready.get(horizon);
    if (before !== undefined) return before;
    const { bars, days } = this.#sessionsOf(horizon);
    const ready = goThroughPast(bars, horizon, model, days);
    this.#ready.set(horizon, ready);
    return ready;
  }

  #sessionsOf(horizon: InDayHorizon): { readonly bars: InDayBars; readonly days: Iterable<DailyKnown> } {
    const bars = this.#bars;
    if (!needsFiveMinutes(horizon) || bars.path === undefined)
      return { bars, days: dailySessions(bars, horizon === 'close@08:30') };
    this.#fiveMinutes ??= fiveMinuteSessions(bars, bars.path);
    return this.#fiveMinutes;
  }

  #modelOf(horizon: InDayHorizon): HorizonModel {
    const model = this.#model.horizons[horizon];
    if (model !== undefined) return model;
    const known = this.horizons;
    throw new DayTradeError(
      'input.invalid',
      `horizon: the model does not know ${horizon}, it knows ${known.length === 0 ? 'none' : known.join(', ')}; ` +
        'train again, with 5-minute bars of two months for the times after the open',
    );
  }

  #checkSession(session: TradeDate): void {
    const newest = this.#bars.panel.days.at(-1);
    const wanted = previousSession(session);
    if (newest === dayNumber(wanted)) return;
    const end = newest === undefined ? 'there are none' : `they end on ${dateOfDayNumber(newest)}`;
    throw new DayTradeError('input.invalid', `bars: expected daily bars up to ${wanted}, ${end}`);
  }
}
