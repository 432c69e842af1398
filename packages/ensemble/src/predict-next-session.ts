import { DayTradeError } from '@daytrade/errors';
import { dateOfDayNumber, nextSession } from '@daytrade/market';
import type { Panel } from '@daytrade/series';
import { calibratedProbability } from './combination/calibration.ts';
import type { Ensemble } from './ensemble.ts';
import type { Forecast } from './forecast.ts';
import { predictModels } from './members/ensemble-models.ts';
import { sessionInput, sessionLabel } from './time-order/session-input.ts';
import { TimeOrderEngine } from './time-order/time-order-engine.ts';
import { buildDataset, type Dataset, predictableRows } from './walk-forward/dataset.ts';
import { emptyPredictions, type Predictions, writePredictions } from './walk-forward/predictions.ts';

/**
 * The forecasts for the session after the newest one of a panel, one for each symbol that has a bar there and 20 returns before.
 *
 * Sessions after the ensemble's training are run through in time order first: their outcomes update weights, conformal scores and the
 * coverage that decides about demotion; the members stay as they are. Nothing is kept between calls.
 *
 * The panel should hold the symbols of the training, since "the market" is the panel. Symbols that the training did not know borrow the
 * scores of all others.
 *
 * @throws DayTradeError `input.invalid` when the panel ends before the training did, `model.file-invalid` when the ensemble was
 * trained on other features
 */
export function predictNextSession(ensemble: Ensemble, panel: Panel): readonly Forecast[] {
  const newest = panel.days.length - 1;
  checkPanelEnd(ensemble, panel);
  const dataset = buildDataset(panel);
  checkFeatures(ensemble, dataset);
  const first = panel.days.findIndex((day) => day >= ensemble.trainedTo);
  const predictions = predictFrom(ensemble, dataset, first);
  const engine = new TimeOrderEngine(
    panel.symbols,
    { combination: ensemble.options.combination, members: ensemble.options.members.length },
    ensemble.state,
  );
  for (let t = first; t < newest; t += 1) {
    const input = sessionInput(dataset, predictions, t);
    engine.observe(input, engine.forecast(input), sessionLabel(dataset, t));
  }
  return newestForecasts(ensemble, panel, engine, sessionInput(dataset, predictions, newest));
}

function newestForecasts(
  ensemble: Ensemble,
  panel: Panel,
  engine: TimeOrderEngine,
  input: ReturnType<typeof sessionInput>,
): readonly Forecast[] {
  const forecast = engine.forecast(input);
  const lastSession = dateOfDayNumber(panel.days.at(-1)!);
  const session = nextSession(lastSession);
  const { lower, upper } = forecast.intervals[forecast.method];
  return panel.symbols.flatMap(({ symbol }, s) => {
    const lastClose = input.lastClose[s]!;
    if (!Number.isFinite(lower[s]! * upper[s]!)) return [];
    return {
      symbol,
      lastSession,
      session,
      lastClose,
      centre: lastClose * Math.exp(forecast.demoted ? 0 : forecast.centre[s]!),
      lower: lower[s]!,
      upper: upper[s]!,
      probabilityUp: calibratedProbability(ensemble.calibration, forecast.combined[ensemble.options.combination][s]!),
      scale: forecast.demoted ? input.ewma[s]! : forecast.scale[s]!,
      intervalMethod: forecast.method,
    };
  });
}

function predictFrom(ensemble: Ensemble, dataset: Dataset, first: number): Predictions {
  const rows = predictableRows(dataset, first, dataset.sessions);
  const predictions = emptyPredictions(dataset.rows, ensemble.options.members.length);
  writePredictions(predictions, rows, predictModels(ensemble.models, dataset, rows));
  return predictions;
}

function checkPanelEnd({ trainedTo }: Ensemble, panel: Panel): void {
  const newest = panel.days.at(-1);
  if (newest !== undefined && newest >= trainedTo) return;
  const end = newest === undefined ? 'there are none' : `they end on ${dateOfDayNumber(newest)}`;
  const trained = dateOfDayNumber(trainedTo);
  throw new DayTradeError(
    'input.invalid',
    `bars: expected bars up to ${trained}, the end of the training, or later; ${end}`,
    {
      details: { field: 'bars', trainedTo: trained },
    },
  );
}

function checkFeatures({ features }: Ensemble, { names }: Dataset): void {
  const place = names.findIndex((name, i) => name !== features[i]);
  if (place < 0 && names.length === features.length) return;
  const expected = features[Math.max(0, place)] ?? 'none';
  throw new DayTradeError(
    'model.file-invalid',
    `the ensemble was trained on other features: column ${place} is "${names[Math.max(0, place)]}", it was "${expected}"`,
    { details: { trained: features.length, now: names.length } },
  );
}
