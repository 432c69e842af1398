import { dateOfDayNumber, type Horizon } from '@daytrade/market';
import type { Panel, SessionIndex } from '@daytrade/series';
import { CalibrationHistory, type CalibrationState } from '../combination/calibration-history.ts';
import type { Outcomes } from '../dataset.ts';
import { BaselineIntervals } from '../intervals/ewma-scale.ts';
import { ensembleMethods } from '../intervals/method-choice.ts';
import { normalHalfWidth } from '../intervals/promise.ts';
import { priceAfter } from '../intervals/published-interval.ts';
import { sessionClasses, stretchPriors } from '../intervals/session-stretch.ts';
import { orderingParts } from '../members/member-target.ts';
import type { Combination, CompiledEnsembleOptions } from '../options.ts';
import {
  type SessionForecast,
  type SessionInput,
  type SessionIntervals,
  sessionInput,
  sessionLabel,
  sessionPaid,
} from '../time-order/session-forecast.ts';
import { type EngineState, TimeOrderEngine } from '../time-order/time-order-engine.ts';
import type { Predictions } from '../walk-forward/fold-task.ts';
import type { TimeRange } from '../walk-forward/folds.ts';
import { type JudgedForecasts, JudgedForecastsBuilder, JudgedTable } from './judged-table.ts';
import type { KnownBeside } from './report.ts';

/** Combinations in the order in which they follow the members in the table's models. */
export const combinations = ['voting', 'weighted', 'stacking'] as const satisfies readonly Combination[];

export interface JudgementInput {
  readonly panel: Panel;
  readonly outcomes: Outcomes;
  readonly predictions: Predictions;
  readonly range: TimeRange;
  readonly options: CompiledEnsembleOptions;
  /** When the judged forecasts were made. */
  readonly horizon: Horizon;
  readonly beside?: KnownBeside | undefined;
}

/** Everything that running through the sessions in time order gives. */
export interface Judgement {
  readonly table: JudgedTable;
  readonly judged: JudgedForecasts;
  readonly halted: number;
  readonly engine: TimeOrderEngine;
  readonly state: EngineState;
  /** The calibration of the published combination. */
  readonly calibration: CalibrationState;
}

/**
 * Runs the out-of-fold predictions through the engine in time order and keeps what the judged sessions said and what
 * happened.
 */
export function judgePredictions(input: JudgementInput): Judgement {
  const run = new JudgementRun(input);
  const { range, outcomes } = input;
  for (let t = 0; t < range.end; t += 1) {
    if (t >= range.first) run.session(t);
    run.learnReturns(sessionLabel(outcomes, t));
  }
  return run.result();
}

/** The forecast of a session, and the kept parts of a symbol. */
interface Kept {
  readonly input: SessionInput;
  readonly forecast: SessionForecast;
  readonly interval: SessionIntervals;
  readonly probabilityUp: number;
}

class JudgementRun {
  readonly #input: JudgementInput;
  readonly #engine: TimeOrderEngine;
  readonly #baselines: readonly BaselineIntervals[];
  readonly #calibrations: readonly CalibrationHistory[];
  readonly #table: JudgedTable;
  readonly #judged: JudgedForecastsBuilder;
  #halted = 0;

  constructor(input: JudgementInput) {
    const { panel, options, range } = input;
    const models = options.members.length + combinations.length;
    this.#input = input;
    this.#engine = new TimeOrderEngine(panel.symbols, {
      combination: options.combination,
      members: options.members,
      method: options.method,
      stretches: stretchPriors(input.horizon),
    });
    this.#baselines = panel.symbols.map(() => new BaselineIntervals());
    this.#calibrations = Array.from({ length: models }, () => new CalibrationHistory());
    this.#judged = new JudgedForecastsBuilder(
      panel.symbols.map(({ symbol }) => symbol),
      Array.from(panel.days.subarray(range.judgedFrom + 1, range.end + 1), dateOfDayNumber),
    );
    this.#table = new JudgedTable(range.end - range.judgedFrom, models);
  }

  session(t: number): void {
    const { outcomes, panel, predictions, range, horizon, beside } = this.#input;
    const input = {
      ...sessionInput(outcomes, predictions, t),
      classes: sessionClasses(beside?.announced, outcomes.symbols, panel.days[t]!, horizon),
    };
    const forecast = this.#engine.forecast(input);
    const label = sessionLabel(outcomes, t);
    const scores = [...forecast.centres, ...combinations.map((name) => forecast.combined[name])];
    if (t >= range.judgedFrom) this.#judge(t, input, forecast, scores);
    this.#engine.observe(input, forecast, label, sessionPaid(outcomes, t));
    for (const [model, calibration] of this.#calibrations.entries()) calibration.observe(scores[model]!, label);
  }

  learnReturns(label: Float64Array): void {
    for (const [s, baseline] of this.#baselines.entries()) if (Number.isFinite(label[s]!)) baseline.observe(label[s]!);
  }

  result(): Judgement {
    const { options } = this.#input;
    const published = this.#calibrations[options.members.length + combinations.indexOf(options.combination)]!;
    return {
      table: this.#table,
      judged: this.#judged.forecasts(),
      halted: this.#halted,
      engine: this.#engine,
      state: this.#engine.state(),
      calibration: published.state(),
    };
  }

  #judge(t: SessionIndex, input: SessionInput, forecast: SessionForecast, scores: readonly Float64Array[]): void {
    const { outcomes, options, panel, range } = this.#input;
    const methods = this.#methods(input, forecast);
    const paid = sessionPaid(outcomes, t);
    const published = options.members.length + combinations.indexOf(options.combination);
    const ordering = [
      ...orderingParts(forecast.centres, options.members),
      ...combinations.map((name) => forecast.ordering[name]),
    ];
    for (let s = 0; s < outcomes.symbols; s += 1) {
      if (!Number.isFinite(forecast.scale[s]! * forecast.centre[s]!) || !forecast.ready[s]) continue;
      const lastClose = input.lastClose[s]!;
      const outcome = outcomes.label[t * outcomes.symbols + s]!;
      const probability = scores.map((score, model) => this.#calibrations[model]!.probability(score[s]!));
      this.#keep(t, s, { input, forecast, interval: methods.at(-1)!, probabilityUp: probability[published]! });
      if (Number.isNaN(outcome)) {
        this.#halted += 1;
        continue;
      }
      const dividend = paid?.[s] ?? 0;
      this.#table.add({
        day: t - range.judgedFrom,
        symbol: s,
        outcome,
        overnight: Math.log((panel.open[(t + 1) * outcomes.symbols + s]! + dividend) / lastClose),
        dividend: dividend / lastClose,
        expectedDividend: (input.expectedDividend?.[s] ?? 0) / lastClose,
        low: methods.map((method) => Math.log((method.lower[s]! + dividend) / lastClose)),
        high: methods.map((method) => Math.log((method.upper[s]! + dividend) / lastClose)),
        predicted: scores.map((score) => score[s]! * input.ewma[s]!),
        ordering: ordering.map((score) => score[s]!),
        probability,
      });
    }
  }

  /** In the order of `intervalMethodNames`. */
  #methods(input: SessionInput, forecast: SessionForecast): readonly SessionIntervals[] {
    const engine = this.#engine;
    const one = new Float64Array(input.ewma.length).fill(1);
    const quantiles = this.#baselines.map((baseline) => baseline.rollingQuantile());
    const middles = Float64Array.from(quantiles, ({ low, high }) => (low + high) / 2);
    return [
      engine.intervals(input, undefined, one, (s) => this.#baselines[s]!.randomWalk().high),
      engine.intervals(input, middles, one, (s) => quantiles[s]!.high - middles[s]!),
      engine.intervals(input, undefined, input.ewma, () => normalHalfWidth),
      engine.intervals(input, undefined, input.ewma, (s) => engine.tracks.ewma.split(s)),
      forecast.intervals.har,
      ...ensembleMethods.map((method) => forecast.intervals[method]),
      forecast.intervals[forecast.method],
    ];
  }

  #keep(t: SessionIndex, s: number, { input, forecast, interval, probabilityUp }: Kept): void {
    const { panel, outcomes, range } = this.#input;
    const lastClose = outcomes.close[t * outcomes.symbols + s]!;
    const centre = forecast.demoted ? 0 : forecast.centre[s]!;
    this.#judged.add(t - range.judgedFrom, s, {
      lastClose,
      centre: priceAfter(lastClose, centre, input.expectedDividend?.[s] ?? 0),
      lower: interval.lower[s]!,
      upper: interval.upper[s]!,
      probabilityUp,
      close: panel.close[(t + 1) * outcomes.symbols + s]!,
    });
  }
}
