import type { LogReturnColumn, SessionIndex } from '@daytrade/series';
import type { Outcomes } from '../dataset.ts';
import type { Predictions } from '../walk-forward/predictions.ts';
import type { SessionInput } from './session-forecast.ts';

/** What is known at the close of session `t`, as views on the outcomes and the predictions. */
export function sessionInput(outcomes: Outcomes, predictions: Predictions, t: SessionIndex): SessionInput {
  const from = t * outcomes.symbols;
  const to = from + outcomes.symbols;
  return {
    lastClose: outcomes.close.subarray(from, to),
    ewma: outcomes.scale.subarray(from, to),
    expectedDividend: outcomes.dividends?.expected.subarray(from, to),
    limits: { lower: outcomes.limits.lower.subarray(from, to), upper: outcomes.limits.upper.subarray(from, to) },
    scaleFactor: predictions.scaleFactor.subarray(from, to),
    har: predictions.har.subarray(from, to),
    quantiles: {
      lower: predictions.quantiles.lower.subarray(from, to),
      upper: predictions.quantiles.upper.subarray(from, to),
    },
    centres: predictions.centres.map((centre) => centre.subarray(from, to)),
  };
}

/** What is paid on the session after session `t`, an ex-day; undefined where no dividend is known. */
export function sessionPaid(outcomes: Outcomes, t: SessionIndex): Float64Array | undefined {
  return outcomes.dividends?.paid.subarray((t + 1) * outcomes.symbols, (t + 2) * outcomes.symbols);
}

/** Next log returns of the symbols at session `t`. */
export function sessionLabel(outcomes: Outcomes, t: SessionIndex): LogReturnColumn {
  return outcomes.label.subarray(t * outcomes.symbols, (t + 1) * outcomes.symbols);
}
