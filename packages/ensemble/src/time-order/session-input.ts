import type { LogReturnColumn, SessionIndex } from '@daytrade/series';
import type { Dataset } from '../walk-forward/dataset.ts';
import type { Predictions } from '../walk-forward/predictions.ts';
import type { SessionInput } from './session-forecast.ts';

/** What is known at the close of session `t`, as views on the dataset and the predictions. */
export function sessionInput(dataset: Dataset, predictions: Predictions, t: SessionIndex): SessionInput {
  const from = t * dataset.symbols;
  const to = from + dataset.symbols;
  return {
    lastClose: dataset.close.subarray(from, to),
    ewma: dataset.scale.subarray(from, to),
    scaleFactor: predictions.scaleFactor.subarray(from, to),
    quantiles: {
      lower: predictions.quantiles.lower.subarray(from, to),
      upper: predictions.quantiles.upper.subarray(from, to),
    },
    centres: predictions.centres.map((centre) => centre.subarray(from, to)),
  };
}

/** Next log returns of the symbols at session `t`. */
export function sessionLabel(dataset: Dataset, t: SessionIndex): LogReturnColumn {
  return dataset.label.subarray(t * dataset.symbols, (t + 1) * dataset.symbols);
}
