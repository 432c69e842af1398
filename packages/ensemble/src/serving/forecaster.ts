import { createHash } from 'node:crypto';
import { DayTradeError } from '@daytrade/errors';
import type { Matrix } from '@daytrade/learners';
import {
  type DayNumber,
  dateOfDayNumber,
  nextSession,
  type SymbolCode,
  type TradeDate,
  type Yen,
} from '@daytrade/market';
import {
  barNames,
  type LogReturn,
  type Panel,
  type PanelSymbol,
  type ResultsCalendar,
  type SessionIndex,
  sessionBars,
} from '@daytrade/series';
import { CalibrationHistory } from '../combination/calibration-history.ts';
import { predictableRows } from '../dataset.ts';
import type { Ensemble } from '../ensemble.ts';
import type { IntervalMethod } from '../intervals/method-choice.ts';
import { priceAfter } from '../intervals/published-interval.ts';
import { sessionClasses } from '../intervals/session-stretch.ts';
import { predictModels } from '../members/ensemble-models.ts';
import { isMarketNeutral } from '../members/member-target.ts';
import type { OwnMembers } from '../members/own-member.ts';
import type { SessionForecast, SessionInput } from '../time-order/session-forecast.ts';
import { TimeOrderEngine } from '../time-order/time-order-engine.ts';
import { emptyPredictions, writePredictions } from '../walk-forward/fold-task.ts';
import { explainSession, featureImportance, forecastExplanation, type ImportanceReport } from './importance.ts';
import { assertFeatures, SessionRowStream, type SessionRows, shippedFeatures } from './session-rows.ts';

/** The input of the newest session's forecast; its outcome comes with the next one. */
interface Said {
  readonly day: DayNumber;
  /** The features that it is said from, and the symbols that it is said of. */
  readonly matrix: Matrix;
  readonly rows: Int32Array;
  readonly input: SessionInput;
}

/**
 * A trained ensemble that goes through the sessions of a fixed list of symbols: each one costs its own features and one
 * row of predictions a symbol, however long the history is. Sessions after the training teach weights, conformal
 * scores, the calibration of probabilities and the coverage that decides about demotion; the members stay as they are.
 *
 * The symbols should be those of the training, since "the market" is all of them together. One that the training did
 * not know borrows the scores of all others.
 */
export class Forecaster {
  readonly #ensemble: Ensemble;
  readonly #symbols: readonly PanelSymbol[];
  readonly #own: OwnMembers | undefined;
  readonly #rows: SessionRowStream;
  readonly #engine: TimeOrderEngine;
  readonly #calibration: CalibrationHistory;
  #said: Said | undefined;
  #newest: DayNumber | undefined;
  #announced: ResultsCalendar | undefined;

  /**
   * @param own runs the members that are in files of the user's
   * @throws DayTradeError `model.file-invalid` when a feature of the ensemble is gone or computed in another way
   */
  constructor(ensemble: Ensemble, symbols: readonly PanelSymbol[], own?: OwnMembers) {
    assertFeatures(ensemble);
    const { combination, members } = ensemble.options;
    this.#calibration = new CalibrationHistory(ensemble.calibration);
    this.#ensemble = ensemble;
    this.#symbols = symbols;
    this.#own = own;
    this.#rows = new SessionRowStream(symbols, shippedFeatures(ensemble));
    this.#engine = new TimeOrderEngine(symbols, { combination, members }, ensemble.state);
  }

  /**
   * Takes the sessions of a panel of the symbols, which follow those that were taken before.
   *
   * @param announced when the companies announce their results, as far as it is known now
   */
  take(panel: Panel, announced?: ResultsCalendar): void {
    this.#announced = announced;
    const sessions = panel.days.length;
    const trained = panel.days.findIndex((day) => day >= this.#ensemble.trainedTo);
    const first = trained === -1 ? sessions : trained;
    this.#newest = panel.days.at(-1) ?? this.#newest;
    this.#rows.skip(panel, first);
    for (let t = first; t < sessions; t += 1) this.#push(panel, t);
  }

  /**
   * The forecasts for the session after the newest one, one for each symbol that has a bar there and 20 returns before.
   *
   * @throws DayTradeError `input.invalid` when no session since the end of the training was taken
   */
  forecasts(): readonly Forecast[] {
    const said = this.#said;
    if (said === undefined) throw endsBefore(this.#ensemble, this.#newest);
    const { day } = said;
    const { input, forecast } = this.#say(said);
    const lastSession = dateOfDayNumber(day);
    const session = nextSession(lastSession);
    const { lower, upper } = forecast.intervals[forecast.method];
    const scores = forecast.combined[this.#ensemble.options.combination];
    return this.#symbols.flatMap(({ symbol }, s) => {
      const lastClose = input.lastClose[s]!;
      if (!Number.isFinite(lower[s]! * upper[s]!)) return [];
      const expectedDividend = input.expectedDividend?.[s] ?? 0;
      return {
        symbol,
        lastSession,
        session,
        lastClose,
        expectedDividend,
        centre: priceAfter(lastClose, forecast.demoted ? 0 : forecast.centre[s]!, expectedDividend),
        lower: lower[s]!,
        upper: upper[s]!,
        probabilityUp: this.#calibration.probability(scores[s]!),
        scale: forecast.demoted ? input.ewma[s]! * input.har[s]! : forecast.scale[s]!,
        intervalMethod: forecast.method,
      };
    });
  }

  /**
   * Returns the importance of each feature for {@link forecasts}, and its contribution to one symbol's.
   *
   * @param symbol null in the result for an unknown symbol
   * @throws DayTradeError as {@link forecasts} does
   */
  importance(symbol?: SymbolCode): ImportanceReport {
    const said = this.#said;
    if (said === undefined) throw endsBefore(this.#ensemble, this.#newest);
    const { models, options } = this.#ensemble;
    const factors = this.#engine.combiner.factors(options.combination);
    const weighed = models.members.map((model, i) => ({
      model,
      centre: said.input.centres[i]!,
      factor: factors[i]!,
      marketNeutral: isMarketNeutral(options.members[i]!),
    }));
    const explanation = explainSession(weighed, models.scale, said.matrix, said.rows, said.input.ewma);
    const place = said.rows.findIndex((row) => this.#symbols[row]!.symbol === symbol);
    return {
      lastSession: dateOfDayNumber(said.day),
      symbols: said.rows.length,
      demoted: this.#engine.published === 'har',
      features: featureImportance(explanation, models, this.#engine.combiner.weights(options.combination)),
      forecast: place < 0 ? null : forecastExplanation(explanation, place, this.#symbols[said.rows[place]!]!.symbol),
    };
  }

  #push(panel: Panel, t: SessionIndex): void {
    const rows = this.#rows.push(sessionBars(panel, t));
    if (this.#said !== undefined) this.#learn(this.#said, rows);
    const predictable = predictableRows({ symbols: this.#symbols.length, ...rows }, 0, 1);
    const input = this.#inputOf(rows, predictable);
    this.#said = { day: panel.days[t]!, matrix: rows.matrix, rows: predictable, input };
  }

  /** Forecasts a session by the announcements known now: a plan may come after its bars. */
  #say(said: Said): { readonly input: SessionInput; readonly forecast: SessionForecast } {
    const classes = sessionClasses(this.#announced, this.#symbols.length, said.day, 'next-close');
    const input = { ...said.input, classes };
    return { input, forecast: this.#engine.forecast(input) };
  }

  /** The outcome of what was said at the session before. */
  #learn(said: Said, { arrived, dividends }: SessionRows): void {
    const { input, forecast } = this.#say(said);
    this.#engine.observe(input, forecast, arrived, dividends?.paid);
    this.#calibration.observe(forecast.combined[this.#ensemble.options.combination], arrived);
  }

  #inputOf({ matrix, close, scale, limits, dividends }: SessionRows, rows: Int32Array): SessionInput {
    const { models, options } = this.#ensemble;
    const predictions = emptyPredictions(this.#symbols.length, options.members.length);
    writePredictions(predictions, rows, predictModels(models, matrix, rows, this.#own));
    return { lastClose: close, ewma: scale, limits, expectedDividend: dividends?.expected, ...predictions };
  }
}

function endsBefore({ trainedTo }: Ensemble, newest: DayNumber | undefined): DayTradeError {
  const end = newest === undefined ? 'there are none' : `they end on ${dateOfDayNumber(newest)}`;
  const trained = dateOfDayNumber(trainedTo);
  return new DayTradeError(
    'input.invalid',
    `bars: expected bars up to ${trained}, the end of the training, or later; ${end}`,
  );
}

/** The published prediction of one symbol for the session after the newest bar. */
export interface Forecast {
  readonly symbol: SymbolCode;
  /** The newest session of the panel: the prediction knows nothing after its close. */
  readonly lastSession: TradeDate;
  /** The session whose close is predicted. */
  readonly session: TradeDate;
  readonly lastClose: Yen;
  /** Dividend expected to go from the price on the session, an ex-day; 0 without one. */
  readonly expectedDividend: Yen;
  readonly centre: Yen;
  /** In traded prices on the tick and inside the session's price limits; rounded outward. See `publishInterval`. */
  readonly lower: Yen;
  readonly upper: Yen;
  readonly probabilityUp: number;
  /** v[t]: the scale of the next session's log return. */
  readonly scale: LogReturn;
  readonly intervalMethod: IntervalMethod;
}

/**
 * Returns the importance of each feature for the forecasts of the session after the newest one of a panel, and its
 * contribution to one symbol's: base and contributions add up to the forecast.
 *
 * @throws DayTradeError `input.invalid` when the panel ends before the training did, `model.file-invalid` when the
 * ensemble was trained on other features
 */
export function explainNextSession(
  ensemble: Ensemble,
  panel: Panel,
  symbol?: SymbolCode,
  own?: OwnMembers,
): ImportanceReport {
  const forecaster = new Forecaster(ensemble, panel.symbols, own);
  forecaster.take(panel);
  return forecaster.importance(symbol);
}

/** SHA-256 of the symbols and of every bar and dividend of a panel. */
export function panelHash(panel: Panel): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([panel.symbols, panel.days.length]))
    .update(panel.days);
  for (const name of barNames) hash.update(panel[name]);
  if (panel.dividends !== undefined) hash.update(panel.dividends.paid).update(panel.dividends.expected);
  if (panel.members !== undefined) hash.update(panel.members);
  return hash.digest('hex');
}
