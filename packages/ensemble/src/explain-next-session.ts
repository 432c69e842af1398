import type { SymbolCode } from '@daytrade/market';
import type { Panel } from '@daytrade/series';
import type { Ensemble } from './ensemble.ts';
import { Forecaster } from './serving/forecaster.ts';
import type { ImportanceReport } from './serving/importance.ts';

/**
 * What each feature is worth to the forecasts for the session after the newest one of a panel, and what it did to one
 * symbol's: base and contributions add up to the forecast.
 *
 * @throws DayTradeError `input.invalid` when the panel ends before the training did, `model.file-invalid` when the
 * ensemble was trained on other features
 */
export function explainNextSession(ensemble: Ensemble, panel: Panel, symbol?: SymbolCode): ImportanceReport {
  const forecaster = new Forecaster(ensemble, panel.symbols);
  forecaster.take(panel, 0);
  return forecaster.importance(symbol);
}
