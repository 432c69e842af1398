import { type LeftOut, type Model, type ReasonWithoutForecast, type Today, targetCoverage } from '@daytrade/contracts';
import type { InDayForecast } from '@daytrade/ensemble';
import { dateOfDayNumber, dayNumber, type InDayHorizon, previousSession, type TradeDate } from '@daytrade/market';
import { type Panel, slicePanel } from '@daytrade/series';
import type { PublishedInDay } from '@daytrade/storage';
import type { MlServiceDependencies } from '../dependencies.ts';
import { assertClockGoesOn, assertUsable } from '../predictions/live-model.ts';
import { readSessionPath } from '../session-path.ts';
import { knownCodes, readUniverse, type Universe } from '../universe.ts';
import { type AskedHorizon, askedHorizon } from './asked-horizon.ts';
import { judgeInDay } from './judge-in-day.ts';
import { readNights } from './overnight.ts';
import { type RunningSession, readRunningSession } from './running-session.ts';

/** The result of one publication within the day. */
export interface InDayPublication extends Today {
  readonly modelVersion: string;
  /** Number of new forecasts of all symbols. */
  readonly added: number;
  /** Symbols that were not looked at, since their bars are damaged or missing. */
  readonly leftOut: LeftOut;
}

/** Which forecasts of which symbols; by default the horizon of now, and all that have bars. */
export interface InDayRequest {
  readonly horizon?: InDayHorizon | undefined;
  /** In any spelling. */
  readonly symbols?: readonly string[] | undefined;
}

/**
 * Forecasts the close of the running session of every symbol with the live model, from what was known at a time of its
 * day, and publishes what is new. Forecasts that the same model published for that time are kept.
 *
 * @throws DayTradeError as {@link askedHorizon}; `model.none-live`, `data.no-bars`, `data.symbol-unknown`,
 * `data.clock-skew`
 */
export async function publishInDay(
  dependencies: MlServiceDependencies,
  { horizon, symbols }: InDayRequest,
): Promise<InDayPublication> {
  const { stores, clock, logger } = dependencies;
  const of = askedHorizon(clock.now(), horizon);
  const model = await stores.models.live();
  const universe = await readUniverse(stores);
  const known = [...universe.records, ...universe.leftOut];
  const codes: ReadonlySet<string> | undefined = symbols === undefined ? undefined : knownCodes(known, symbols);
  const isAsked = ({ symbol }: { readonly symbol: string }) => codes?.has(symbol) ?? true;
  const usable = assertUsable(model, universe);
  const { forecasts, reasonWithout } = await forecastSession(dependencies, usable, universe, of);
  const [made] = forecasts;
  if (made !== undefined) await assertClockGoesOn(stores, made.madeAt);
  const added = await stores.inDayPredictions.save(forecasts);
  logger.debug({ modelVersion: usable.version, horizon: of.horizon, symbols: forecasts.length, added }, 'forecast');
  const published = (await stores.inDayPredictions.byModel(of, usable.version)).filter(isAsked);
  const withForecast = new Set<string>(published.map(({ symbol }) => symbol));
  return {
    session: of.session,
    horizon: of.horizon,
    horizons: [...(await stores.inDayPredictions.ofSession(of.session, universe.synthetic))],
    predictions: [...(await judgeInDay(stores, published, clock.now()))],
    withoutForecast: universe.records
      .filter((record) => isAsked(record) && !withForecast.has(record.symbol))
      .map(({ symbol, name }) => ({ symbol, name, reason: reasonWithout(symbol) })),
    modelVersion: usable.version,
    added,
    leftOut: universe.leftOut.filter(isAsked),
  };
}

/** The forecasts of the close of a running session by one model. */
interface ForecastSession {
  readonly forecasts: readonly PublishedInDay[];
  /** Why a symbol of the universe is not among them. */
  readonly reasonWithout: (symbol: string) => ReasonWithoutForecast;
}

type Dependencies = Pick<MlServiceDependencies, 'stores' | 'computations' | 'clock'>;

/**
 * Forecasts the close of a running session of all symbols, from what was known at a time of its day. Daily bars of the
 * session itself and of later ones are not looked at.
 */
async function forecastSession(
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

function newestClose({ days, close, symbols }: Panel, s: number): TradeDate {
  const t = days.findLastIndex((_, row) => !Number.isNaN(close[row * symbols.length + s]));
  return dateOfDayNumber(days[t]!);
}
