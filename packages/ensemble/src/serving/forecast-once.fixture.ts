import type { Panel } from '@daytrade/series';
import type { Ensemble } from '../ensemble.ts';
import { type Forecast, Forecaster } from './forecaster.ts';

/** The forecasts of an ensemble that goes through a panel alone, and keeps nothing of it. */
export function forecastOnce(ensemble: Ensemble, panel: Panel): readonly Forecast[] {
  const forecaster = new Forecaster(ensemble, panel.symbols);
  forecaster.take(panel);
  return forecaster.forecasts();
}
