import { type LeftOut, type Model, targetCoverage } from '@daytrade/contracts';
import type { Forecast } from '@daytrade/ensemble';
import type { Service } from '@daytrade/service';
import type { PublishedPrediction, SymbolRecord } from '@daytrade/storage';
import type { MlServiceDependencies } from '../dependencies.ts';
import { type InDayPublication, type InDayRequest, publishInDay } from '../in-day/publish-in-day.ts';
import { knownCodes } from '../universe.ts';
import { assertClockGoesOn, assertUsable } from './live-model.ts';
import { type ForecastSymbols, NewestForecaster } from './newest-forecaster.ts';

export interface Publication {
  readonly asked: readonly SymbolRecord[];
  readonly predictions: readonly PublishedPrediction[];
  /** Number of new predictions, over all symbols. */
  readonly added: number;
  /** Symbols without a prediction, since their bars are damaged or missing. */
  readonly leftOut: LeftOut;
}

/**
 * Predicts the next session of every symbol with the live model and publishes new predictions. An earlier prediction of
 * the same model for the same session stays as it is.
 *
 * @param wanted symbols to return, in any spelling; default: all that have bars
 * @param publish false: writes nothing and returns what this version predicts now
 * @throws DayTradeError `model.none-live`, `data.no-bars`, `data.symbol-unknown`; `data.clock-skew` as
 *   {@link assertClockGoesOn}
 */
async function publishPredictions(
  { stores, clock, logger }: MlServiceDependencies,
  forecaster: NewestForecaster,
  wanted?: readonly string[],
  publish = true,
): Promise<Publication> {
  const live = await stores.models.live();
  const codesIn = ({ records, leftOut }: ForecastSymbols): ReadonlySet<string> | undefined =>
    wanted === undefined ? undefined : knownCodes([...records, ...leftOut], wanted);
  const { model, universe, forecasts, sessionsTaken } = await forecaster.forecast((symbols) => {
    // Unknown symbols are refused before anything is computed.
    codesIn(symbols);
    return assertUsable(live, symbols);
  });
  const codes = codesIn(universe);
  const isAsked = ({ symbol }: { readonly symbol: string }) => codes?.has(symbol) ?? true;
  logger.debug({ modelVersion: model.version, symbols: forecasts.length, sessionsTaken }, 'predicted');
  const madeAt = new Date(clock.now()).toISOString();
  if (publish) await assertClockGoesOn(stores, madeAt);
  const records = new Map(universe.records.map((record) => [record.symbol, record]));
  const predictions = forecasts.map((forecast) =>
    toPrediction(forecast, model, records.get(forecast.symbol)!, universe.withDividends.has(forecast.symbol), madeAt),
  );
  const added = publish ? await stores.predictions.save(predictions) : 0;
  const published = publish ? await publishedLike(stores, predictions, model) : predictions;
  return {
    asked: universe.records.filter(isAsked),
    predictions: published.filter(isAsked),
    added,
    leftOut: universe.leftOut.filter(isAsked),
  };
}

/** Returns the stored predictions of the same session, model and symbols. */
async function publishedLike(
  stores: MlServiceDependencies['stores'],
  predictions: readonly PublishedPrediction[],
  { version }: Model,
): Promise<readonly PublishedPrediction[]> {
  const [first] = predictions;
  if (first === undefined) return [];
  const symbols = new Set(predictions.map((prediction) => prediction.symbol));
  const published = await stores.predictions.byModel(first.session, version);
  return published.filter((prediction) => symbols.has(prediction.symbol));
}

function toPrediction(
  forecast: Forecast,
  model: Model,
  { name, priceBasis }: Pick<SymbolRecord, 'name' | 'priceBasis'>,
  hasDividends: boolean,
  madeAt: string,
): PublishedPrediction {
  const { scale: _scale, ...said } = forecast;
  return {
    ...said,
    name,
    expectedDividend: hasDividends ? said.expectedDividend : null,
    coverage: targetCoverage,
    priceBasis,
    modelVersion: model.version,
    madeAt,
    synthetic: model.synthetic,
  };
}

export type Publisher = (wanted?: readonly string[], publish?: boolean) => Promise<Publication>;
/** Publishes forecasts within the day; see {@link publishInDay}. */
export type InDayPublisher = (request: InDayRequest) => Promise<InDayPublication>;

/** Publishers of the service, for requests and jobs; they count new predictions. */
export interface Publishers {
  readonly nextClose: Publisher;
  readonly inDay: InDayPublisher;
}

export function createPublishers(service: Service, dependencies: MlServiceDependencies): Publishers {
  const forecaster = new NewestForecaster(dependencies);
  const made = service.metrics.counter('predictionsMade');
  const counted = async <Made extends { readonly added: number }>(publication: Promise<Made>) => {
    const done = await publication;
    made.inc(done.added);
    return done;
  };
  return {
    nextClose: (wanted, publish) => counted(publishPredictions(dependencies, forecaster, wanted, publish)),
    inDay: (request) => counted(publishInDay(dependencies, request)),
  };
}
