import {
  deserialiseEnsemble,
  explainNextSession,
  type ImportanceReport,
  type WarmForecast,
  WarmForecaster,
} from '@daytrade/ensemble';
import type { SymbolCode } from '@daytrade/market';
import type { Panel, ResultsCalendar } from '@daytrade/series';

export { forecastInDay, loadAndForecastInDay } from './in-day-tasks.ts';

/** A prediction; it crosses into the thread that keeps the model warm. */
export interface PredictInput {
  readonly panel: Panel;
  /** SHA-256 of the model's file. */
  readonly artifactHash: string;
  /** Of the bars up to the newest of the panel, for {@link goOn}. */
  readonly name?: string | undefined;
  /** When the companies announce their results; undefined where there is no source of it. */
  readonly announced?: ResultsCalendar | undefined;
}

/** The bars after those of an earlier prediction. */
export interface GoOnInput extends PredictInput {
  readonly name: string;
  /** The name that the bars of that prediction were given. */
  readonly after: string;
}

/** A question about a model; it crosses into the thread as a prediction does. */
export interface ExplainInput {
  readonly panel: Panel;
  readonly artifact: Uint8Array;
  readonly symbol?: SymbolCode | undefined;
}

/** The model that stands ready in this thread, at the end of the bars of the last prediction. */
let ready: { readonly artifactHash: string; readonly forecaster: WarmForecaster } | undefined;

/**
 * Predicts the session after the newest one of the panel; gives undefined when the thread has another model, or none.
 */
export function predict({ panel, artifactHash, name, announced }: PredictInput): WarmForecast | undefined {
  return ready?.artifactHash === artifactHash ? ready.forecaster.forecast(panel, name, announced) : undefined;
}

/** As {@link predict}; gives undefined also when the thread does not stand where the panel goes on from. */
export function goOn({ panel, artifactHash, name, after, announced }: GoOnInput): WarmForecast | undefined {
  return ready?.artifactHash === artifactHash ? ready.forecaster.goOn(panel, after, name, announced) : undefined;
}

/** Takes the model of a file, then predicts. */
export function loadAndPredict({
  panel,
  artifactHash,
  name,
  announced,
  artifact,
}: PredictInput & { readonly artifact: Uint8Array }): WarmForecast {
  ready = { artifactHash, forecaster: new WarmForecaster(deserialiseEnsemble(artifact)) };
  return ready.forecaster.forecast(panel, name, announced);
}

/**
 * Does nothing with a model that could predict. @throws DayTradeError `model.file-invalid` with what is wrong with
 * another
 */
export function check({ artifact }: { readonly artifact: Uint8Array }): void {
  new WarmForecaster(deserialiseEnsemble(artifact));
}

/**
 * What each feature is worth to a model's forecasts at the end of the panel; the model that stands ready stays as it
 * is.
 */
export function explain({ panel, artifact, symbol }: ExplainInput): ImportanceReport {
  return explainNextSession(deserialiseEnsemble(artifact), panel, symbol);
}
