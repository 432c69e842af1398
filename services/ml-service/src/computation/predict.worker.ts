import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import {
  deserialiseEnsemble,
  type Ensemble,
  explainNextSession,
  type Forecast,
  Forecaster,
  type ImportanceReport,
  type InDayForecast,
  InDayForecaster,
  panelHash,
} from '@daytrade/ensemble';
import type { InDayHorizon, SymbolCode, TradeDate } from '@daytrade/market';
import type { LogReturnColumn, Panel, ResultsCalendar, SessionPath, SessionSnapshot } from '@daytrade/series';
import { ownMembers, withOwnColumns } from '../own/own-models.ts';

/** Input of a prediction; it crosses into the thread that keeps the model warm. */
export interface PredictInput {
  readonly panel: Panel;
  /** SHA-256 of the model's file. */
  readonly artifactHash: string;
  /** Name of the panel's bars, for {@link goOn}. */
  readonly name?: string | undefined;
  /** Dates of announcements of results; undefined without a source. */
  readonly announced?: ResultsCalendar | undefined;
}

/** Bars after those of an earlier prediction. */
export interface GoOnInput extends PredictInput {
  readonly name: string;
  /** Name of the earlier prediction's bars. */
  readonly after: string;
}

export interface ExplainInput {
  readonly panel: Panel;
  readonly artifact: Uint8Array;
  readonly symbol?: SymbolCode | undefined;
}

export interface WarmForecast {
  readonly forecasts: readonly Forecast[];
  /** Sessions whose features were computed: all of the panel's when its history was new. */
  readonly sessionsTaken: number;
}

/** Warm model of this thread, and the forecaster at the end of the last prediction's bars; none after a failure. */
let ready: { readonly artifactHash: string; readonly ensemble: Ensemble } | undefined;
let taken: { readonly forecaster: Forecaster; readonly name: string | undefined } | undefined;

/** Predicts the session after the newest one of the panel; returns undefined if another model or none is warm. */
export function predict(input: PredictInput): WarmForecast | undefined {
  if (ready?.artifactHash !== input.artifactHash) return undefined;
  return take(new Forecaster(ready.ensemble, input.panel.symbols, ownMembers), input);
}

/** Like {@link predict}, for bars that follow earlier ones; returns undefined also if the thread has other bars. */
export function goOn({ after, ...input }: GoOnInput): WarmForecast | undefined {
  // A feature in a file of the user's is computed from all bars.
  const isAtTheirEnd =
    ready?.artifactHash === input.artifactHash && ready.ensemble.own === undefined && taken?.name === after;
  return isAtTheirEnd ? take(taken!.forecaster, input) : undefined;
}

/** Loads a model from its file, then predicts. */
export function loadAndPredict({ artifact, ...input }: PredictInput & { readonly artifact: Uint8Array }): WarmForecast {
  ready = { artifactHash: input.artifactHash, ensemble: deserialiseEnsemble(artifact) };
  return predict(input)!;
}

function take(forecaster: Forecaster, { panel, name, announced }: PredictInput): WarmForecast {
  taken = undefined;
  forecaster.take(withOwnColumns(panel, ready?.ensemble.own), announced);
  taken = { forecaster, name };
  return { forecasts: forecaster.forecasts(), sessionsTaken: panel.days.length };
}

/** @throws DayTradeError `model.file-invalid` for a model that cannot predict */
export function check({ artifact }: { readonly artifact: Uint8Array }): void {
  new Forecaster(deserialiseEnsemble(artifact), []);
}

/** Returns the worth of each feature to a model's forecasts at the end of the panel; the warm model stays as it is. */
export function explain({ panel, artifact, symbol }: ExplainInput): ImportanceReport {
  const ensemble = deserialiseEnsemble(artifact);
  return explainNextSession(ensemble, withOwnColumns(panel, ensemble.own), symbol, ownMembers);
}

/** Input of a forecast within the day; it crosses into the thread that keeps the model warm. */
export interface InDayInput {
  /** Finished sessions, in the prices of the running one. */
  readonly panel: Panel;
  /** Overnight move of the American market before each next session; undefined if unknown. */
  readonly overnight: LogReturnColumn | undefined;
  /** VIX at 08:30 of each next session; undefined if unknown. */
  readonly vix: Float64Array | undefined;
  /** SHA-256 of the model's file. */
  readonly artifactHash: string;
  readonly session: TradeDate;
  readonly horizon: InDayHorizon;
  /** Snapshot of the running session, by symbol of the panel. */
  readonly now: SessionSnapshot;
  /** Dates of announcements of results. */
  readonly announced: ResultsCalendar;
}

/** Input of a thread that has not loaded the model yet. */
export interface InDayPast {
  readonly artifact: Uint8Array;
  /** 5-minute bars of the finished sessions. */
  readonly path: SessionPath | undefined;
}

export interface InDayAnswer {
  /** Undefined if the model lacks the horizon. */
  readonly forecasts: readonly InDayForecast[] | undefined;
}

/** Warm model within the day; `forecaster` is null for a model of the next close alone. */
let readyInDay: { readonly key: string; readonly forecaster: InDayForecaster | null } | undefined;

/** Forecasts the close of a running session; returns undefined if the thread has another model or other bars. */
export function forecastInDay(input: InDayInput): InDayAnswer | undefined {
  return readyInDay?.key === keyOf(input) ? answer(readyInDay.forecaster, input) : undefined;
}

/** Loads a model from its file with the past, then forecasts. */
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

/** Returns the key of model and past. The overnight move may become known after a first forecast. */
function keyOf({ artifactHash, panel, overnight, vix }: InDayInput): string {
  const nights = createHash('sha256').update(serialize({ overnight, vix })).digest('hex');
  return `${artifactHash} ${panelHash(panel)} ${nights}`;
}
