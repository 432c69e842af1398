import { type Model, type ReasonWithoutForecast, targetCoverage } from '@daytrade/contracts';
import type { InDayForecast } from '@daytrade/ensemble';
import { dateOfDayNumber, dayNumber, previousSession, type TradeDate } from '@daytrade/market';
import { type Panel, slicePanel } from '@daytrade/series';
import type { PublishedInDay } from '@daytrade/storage';
import type { MlServiceDependencies } from '../dependencies.ts';
import { readSessionPath } from '../session-path.ts';
import type { Universe } from '../universe.ts';
import type { AskedHorizon } from './asked-horizon.ts';
import { readNights } from './overnight.ts';
import { type RunningSession, readRunningSession } from './running-session.ts';

/** The forecasts of the close of a running session by one model. */
export interface ForecastSession {
  readonly forecasts: readonly PublishedInDay[];
  /** Why a symbol of the universe is not among them. */
  readonly reasonWithout: (symbol: string) => ReasonWithoutForecast;
}

type Dependencies = Pick<MlServiceDependencies, 'stores' | 'computations' | 'clock'>;

/**
 * Forecasts the close of a running session of all symbols, from what was known at a time of its day. Daily bars of the
 * session itself and of later ones are not looked at.
 */
export async function forecastSession(
  dependencies: Dependencies,
  model: Model,
  universe: Pick<Universe, 'panel' | 'records'>,
  of: AskedHorizon,
): Promise<ForecastSession> {
  const { stores, computations, clock } = dependencies;
  const panel = finishedBefore(universe.panel, of.session);
  if (panel.days.at(-1) !== dayNumber(previousSession(of.session))) return nothing(() => 'bars-behind');
  const nights = await readNights(stores, panel, model.synthetic);
  if (of.horizon === 'close@08:30' && !Number.isFinite(nights.overnight?.at(-1)))
    return nothing(() => 'needs-us-session');
  const running = await readRunningSession(stores, panel, of);
  const places = new Map<string, number>(panel.symbols.map(({ symbol }, s) => [symbol, s]));
  const reasonWithout = (symbol: string) => running.reasonWithoutPrice(places.get(symbol)) ?? 'too-little-history';
  if (!running.isKnown) return nothing(reasonWithout);
  const { artifactHash } = model;
  const announced = await stores.announcements.calendar(panel.symbols.map(({ symbol }) => symbol));
  const { forecasts } = await computations.forecastInDay(
    { panel, ...nights, artifactHash, session: of.session, horizon: of.horizon, now: running.now, announced },
    async () => ({
      artifact: await stores.models.artifact(model.version),
      path: await readSessionPath(stores, panel),
    }),
  );
  if (forecasts === undefined) return nothing(() => 'model-without-horizon');
  const madeAt = new Date(clock.now()).toISOString();
  return {
    forecasts: forecasts.map((forecast) => {
      const s = places.get(forecast.symbol)!;
      return toPublished(forecast, s, { panel, running, records: universe.records, model, madeAt });
    }),
    reasonWithout,
  };
}

function nothing(reasonWithout: ForecastSession['reasonWithout']): ForecastSession {
  return { forecasts: [], reasonWithout };
}

/** The sessions of a panel before another one. */
function finishedBefore(panel: Panel, session: TradeDate): Panel {
  const from = panel.days.findIndex((day) => day >= dayNumber(session));
  return from === -1 ? panel : slicePanel(panel, 0, from);
}

function toPublished(
  forecast: InDayForecast,
  s: number,
  from: Pick<Universe, 'panel' | 'records'> & {
    readonly running: RunningSession;
    readonly model: Model;
    readonly madeAt: string;
  },
): PublishedInDay {
  const { name, priceBasis } = from.records[s]!;
  return {
    ...forecast,
    name,
    knownAt: new Date(from.running.knownAt[s]!).toISOString(),
    previousSession: newestClose(from.panel, s),
    coverage: targetCoverage,
    priceBasis,
    modelVersion: from.model.version,
    madeAt: from.madeAt,
    synthetic: from.model.synthetic,
  };
}

/** The newest session of a panel in which a symbol has a close. */
function newestClose({ days, close, symbols }: Panel, s: number): TradeDate {
  const t = days.findLastIndex((_, row) => !Number.isNaN(close[row * symbols.length + s]));
  return dateOfDayNumber(days[t]!);
}
