import type { LimitBands, LogReturnColumn, SessionIndex } from '@daytrade/series';
import type { Outcomes } from '../dataset.ts';
import type { IntervalMethod } from '../intervals/method-choice.ts';
import type { SessionClasses } from '../intervals/session-stretch.ts';
import type { ModelPredictions } from '../members/ensemble-models.ts';
import type { Combination } from '../options.ts';
import type { Predictions } from '../walk-forward/fold-task.ts';

/**
 * The input of a forecast at the close of a session, one value a symbol; NaN where a symbol has no forecast. The
 * predictions are of z, the ends of the quantile head in units of the ensemble's scale.
 */
export interface SessionInput extends ModelPredictions {
  readonly lastClose: Float64Array;
  readonly limits: LimitBands;
  /** Yen that are expected to go from the price on the next session; undefined where no dividend is known. */
  readonly expectedDividend?: Float64Array | undefined;
  /** The classes of the forecasts, by which intervals are stretched; undefined where all sessions are ordinary. */
  readonly classes?: SessionClasses | undefined;
  /** EWMA scale. */
  readonly ewma: LogReturnColumn;
}

/** One method's published interval by symbol, in yen; NaN without one. */
export interface SessionIntervals {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** The forecast at the close of a session of the next one, one value a symbol. */
export interface SessionForecast {
  /** Each member's prediction as it is combined: that of a market-neutral one has mean 0 over the session. */
  readonly centres: readonly Float64Array[];
  /** Each combination's prediction of z. */
  readonly combined: Readonly<Record<Combination, Float64Array>>;
  /** The same without what is said of the market: how the symbols are ordered against each other. */
  readonly ordering: Readonly<Record<Combination, Float64Array>>;
  /** m: centre of the ensemble's intervals. */
  readonly centre: LogReturnColumn;
  /** v: scale of the ensemble's intervals, stretched by class. */
  readonly scale: LogReturnColumn;
  /** The factor by which it is stretched; 1 for an ordinary session. */
  readonly stretch: Float64Array;
  readonly intervals: Readonly<Record<IntervalMethod, SessionIntervals>>;
  /**
   * True for symbols with enough scores for a promise. Before, intervals are the price-limit band and are not judged.
   */
  readonly ready: readonly boolean[];
  readonly method: IntervalMethod;
  /** True when every method of the ensemble broke the objective, so that the fallback is published. */
  readonly demoted: boolean;
}

/** Returns the input at the close of session `t`, as views on the outcomes and the predictions. */
export function sessionInput(outcomes: Outcomes, predictions: Predictions, t: SessionIndex): SessionInput {
  const view = (column: Float64Array) => column.subarray(t * outcomes.symbols, (t + 1) * outcomes.symbols);
  const { limits, dividends } = outcomes;
  const { quantiles } = predictions;
  return {
    lastClose: view(outcomes.close),
    ewma: view(outcomes.scale),
    expectedDividend: dividends && view(dividends.expected),
    limits: { lower: view(limits.lower), upper: view(limits.upper) },
    scaleFactor: view(predictions.scaleFactor),
    har: view(predictions.har),
    quantiles: { lower: view(quantiles.lower), upper: view(quantiles.upper) },
    centres: predictions.centres.map(view),
  };
}

/** Returns the dividends of the session after session `t`; undefined without known dividends. */
export function sessionPaid(outcomes: Outcomes, t: SessionIndex): Float64Array | undefined {
  return outcomes.dividends?.paid.subarray((t + 1) * outcomes.symbols, (t + 2) * outcomes.symbols);
}

export function sessionLabel(outcomes: Outcomes, t: SessionIndex): LogReturnColumn {
  return outcomes.label.subarray(t * outcomes.symbols, (t + 1) * outcomes.symbols);
}
