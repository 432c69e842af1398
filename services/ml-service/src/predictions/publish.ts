import { type LeftOut, type Model, targetCoverage } from '@daytrade/contracts';
import type { Forecast } from '@daytrade/ensemble';
import type { Service } from '@daytrade/service';
import type { PublishedPrediction, SymbolRecord } from '@daytrade/storage';
import type { MlServiceDependencies } from '../dependencies.ts';
import { type InDayPublication, type InDayRequest, publishInDay } from '../in-day/publish-in-day.ts';
import { knownCodes } from '../universe.ts';
import { assertClockGoesOn, assertUsable } from './live-model.ts';
import { type ForecastSymbols, NewestForecaster } from './newest-forecaster.ts';

/** What one publication did. */
export interface Publication {
  /** The symbols that were asked for. */
  readonly asked: readonly SymbolRecord[];
  /** What stands published for them. */
  readonly predictions: readonly PublishedPrediction[];
  /** How many of all symbols' predictions were new. */
  readonly added: number;
  /** Symbols that were not predicted, since their bars are damaged or missing. */
  readonly leftOut: LeftOut;
}

/**
 * Predicts the next session of every symbol with the live model and publishes what is new. A prediction that the same
 * model published for the same session stays as it is, with the instant at which it was made.
 *
 * @param wanted symbols to give back, in any spelling; default: all that have bars
 * @param publish false: nothing is written, and the answer is what this version predicts now, whatever stands published
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

/** What stands in the store for their session and symbols: the earlier ones where there were some. */
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
  return {
    symbol: forecast.symbol,
    name,
    session: forecast.session,
    lastSession: forecast.lastSession,
    lastClose: forecast.lastClose,
    expectedDividend: hasDividends ? forecast.expectedDividend : null,
    centre: forecast.centre,
    lower: forecast.lower,
    upper: forecast.upper,
    coverage: targetCoverage,
    probabilityUp: forecast.probabilityUp,
    priceBasis,
    modelVersion: model.version,
    intervalMethod: forecast.intervalMethod,
    madeAt,
    synthetic: model.synthetic,
  };
}

/** Publishes predictions; see {@link publishPredictions}. */
export type Publisher = (wanted?: readonly string[], publish?: boolean) => Promise<Publication>;
/** Publishes forecasts within the day; see {@link publishInDay}. */
export type InDayPublisher = (request: InDayRequest) => Promise<InDayPublication>;

/** The one way in which predictions leave the service, by request or by job: what is new is counted. */
export interface Publishers {
  readonly nextClose: Publisher;
  readonly inDay: InDayPublisher;
}

/** Makes the publishers of a service, which counts what they publish. */
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
