import type { LeftOut, Today } from '@daytrade/contracts';
import type { InDayHorizon } from '@daytrade/market';
import type { MlServiceDependencies } from '../dependencies.ts';
import { assertClockGoesOn, assertUsable } from '../predictions/live-model.ts';
import { knownCodes, readUniverse } from '../universe.ts';
import { askedHorizon } from './asked-horizon.ts';
import { forecastSession } from './forecast-session.ts';
import { judgeInDay } from './judge-in-day.ts';

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
