import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import {
  deserialiseEnsemble,
  explainNextSession,
  type ImportanceReport,
  type InDayForecast,
  InDayForecaster,
  panelHash,
  type WarmForecast,
  WarmForecaster,
} from '@daytrade/ensemble';
import type { InDayHorizon, SymbolCode, TradeDate } from '@daytrade/market';
import type { LogReturnColumn, Panel, ResultsCalendar, SessionPath, SessionSnapshot } from '@daytrade/series';

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

/** A forecast within the day; it crosses into the thread that keeps the model ready. */
export interface InDayInput {
  /** The finished sessions, in the prices of the running one. */
  readonly panel: Panel;
  /** What America did before each next session; undefined when it is not known. */
  readonly overnight: LogReturnColumn | undefined;
  /** The VIX as it stood at 08:30 of each next session; undefined when it is not known. */
  readonly vix: Float64Array | undefined;
  /** SHA-256 of the model's file. */
  readonly artifactHash: string;
  readonly session: TradeDate;
  readonly horizon: InDayHorizon;
  /** What is known of the session, by symbol of the panel. */
  readonly now: SessionSnapshot;
  /** When the companies announce their results. */
  readonly announced: ResultsCalendar;
}

/** What only a thread needs that does not have it yet. */
export interface InDayPast {
  readonly artifact: Uint8Array;
  /** 5-minute bars of the finished sessions. */
  readonly path: SessionPath | undefined;
}

/** What a model says within the day. */
export interface InDayAnswer {
  /** Undefined where the model does not know the horizon. */
  readonly forecasts: readonly InDayForecast[] | undefined;
}

/** The model that stands ready in this thread at the end of finished sessions; null for one of the next close alone. */
let readyInDay: { readonly key: string; readonly forecaster: InDayForecaster | null } | undefined;

/** Forecasts the close of a running session; gives undefined when the thread has another model or other bars. */
export function forecastInDay(input: InDayInput): InDayAnswer | undefined {
  return readyInDay?.key === keyOf(input) ? answer(readyInDay.forecaster, input) : undefined;
}

/** Takes the model of a file and the past, then forecasts. */
export function loadAndForecastInDay({ artifact, path, ...input }: InDayInput & InDayPast): InDayAnswer {
  const { inDay } = deserialiseEnsemble(artifact);
  const { panel, overnight, vix, announced } = input;
  readyInDay = {
    key: keyOf(input),
    forecaster: inDay === undefined ? null : new InDayForecaster(inDay, { panel, path, overnight, vix, announced }),
  };
  return answer(readyInDay.forecaster, input);
}

function answer(forecaster: InDayForecaster | null, { session, now, horizon, announced }: InDayInput): InDayAnswer {
  const knows = forecaster?.horizons.includes(horizon) ?? false;
  return { forecasts: knows ? forecaster?.forecast(session, now, horizon, announced) : undefined };
}

/** What America did may become known after a first forecast; then the past is another one. */
function keyOf({ artifactHash, panel, overnight, vix }: InDayInput): string {
  const nights = createHash('sha256').update(serialize({ overnight, vix })).digest('hex');
  return `${artifactHash} ${panelHash(panel)} ${nights}`;
}
