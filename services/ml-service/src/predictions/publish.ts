import { type LeftOut, type Model, targetCoverage } from '@daytrade/contracts';
import type { Forecast } from '@daytrade/ensemble';
import { DayTradeError } from '@daytrade/errors';
import type { PublishedPrediction, SymbolRecord } from '@daytrade/storage';
import type { MlServiceDependencies } from '../dependencies.ts';
import { type ActiveSymbols, knownCodes } from '../universe.ts';
import { assertClockGoesOn } from './assert-clock.ts';
import { unfitness } from './may-go-live.ts';
import type { NewestForecaster } from './newest-forecaster.ts';

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
export async function publishPredictions(
  { stores, clock, logger }: MlServiceDependencies,
  forecaster: NewestForecaster,
  wanted?: readonly string[],
  publish = true,
): Promise<Publication> {
  const live = await stores.models.live();
  let codes: ReadonlySet<string> | undefined;
  const { model, universe, forecasts, sessionsTaken } = await forecaster.forecast((symbols) => {
    codes = wanted === undefined ? undefined : knownCodes([...symbols.records, ...symbols.leftOut], wanted);
    return assertUsable(live, symbols);
  });
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

/**
 * The model, when it can say something about these bars.
 *
 * @throws DayTradeError `model.none-live`
 */
export function assertUsable(model: Model | undefined, universe: Pick<ActiveSymbols, 'synthetic'>): Model {
  if (model === undefined) {
    throw new DayTradeError('model.none-live', 'no model is live: train one, or promote one that is registered');
  }
  const reason = unfitness(model, universe);
  if (reason === undefined) return model;
  throw new DayTradeError('model.none-live', `the live ${reason}: train again`, {
    details: { modelVersion: model.version },
  });
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
