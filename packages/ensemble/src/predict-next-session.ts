import type { Panel } from '@daytrade/series';
import type { Ensemble } from './ensemble.ts';
import type { Forecast } from './forecast.ts';
import { Forecaster } from './serving/forecaster.ts';
import type { ImportanceReport } from './serving/importance.ts';

/**
 * The forecasts for the session after the newest one of a panel, one for each symbol that has a bar there and 20 returns before. Nothing
 * is kept between calls; `WarmForecaster` keeps what it went through.
 *
 * @throws DayTradeError `input.invalid` when the panel ends before the training did, `model.file-invalid` when the ensemble was
 * trained on other features
 */
export function predictNextSession(ensemble: Ensemble, panel: Panel): readonly Forecast[] {
  return forecasterAt(ensemble, panel).forecasts();
}

/**
 * What each feature is worth to the forecasts of {@link predictNextSession}, and what it did to one symbol's: base and contributions add
 * up to the forecast.
 *
 * @throws DayTradeError as {@link predictNextSession}
 */
export function explainNextSession(ensemble: Ensemble, panel: Panel, symbol?: string): ImportanceReport {
  return forecasterAt(ensemble, panel).importance(symbol);
}

function forecasterAt(ensemble: Ensemble, panel: Panel): Forecaster {
  const forecaster = new Forecaster(ensemble, panel.symbols);
  forecaster.take(panel, 0);
  return forecaster;
}
