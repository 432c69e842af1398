import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import { deserialiseEnsemble, type InDayForecast, InDayForecaster, panelHash } from '@daytrade/ensemble';
import type { InDayHorizon, TradeDate } from '@daytrade/market';
import type { LogReturnColumn, Panel, ResultsCalendar, SessionPath, SessionSnapshot } from '@daytrade/series';

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
let ready: { readonly key: string; readonly forecaster: InDayForecaster | null } | undefined;

/** Forecasts the close of a running session; gives undefined when the thread has another model or other bars. */
export function forecastInDay(input: InDayInput): InDayAnswer | undefined {
  return ready?.key === keyOf(input) ? answer(ready.forecaster, input) : undefined;
}

/** Takes the model of a file and the past, then forecasts. */
export function loadAndForecastInDay({ artifact, path, ...input }: InDayInput & InDayPast): InDayAnswer {
  const { inDay } = deserialiseEnsemble(artifact);
  const { panel, overnight, vix, announced } = input;
  ready = {
    key: keyOf(input),
    forecaster: inDay === undefined ? null : new InDayForecaster(inDay, { panel, path, overnight, vix, announced }),
  };
  return answer(ready.forecaster, input);
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
