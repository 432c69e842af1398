import type { Replayed } from '@daytrade/contracts';
import type { Forecast } from '@daytrade/ensemble';
import { DayTradeError } from '@daytrade/errors';
import type { TradeDate } from '@daytrade/market';
import { activeSymbols, type PublishedPrediction, type Stores } from '@daytrade/storage';
import { Computations } from '../computation/computations.ts';
import { readUniverse } from '../universe.ts';

/** Sessions that are tried, newest first: bars that were corrected after a publication give other figures by right. */
const mostSessions = 10;

/**
 * Predicts once more what was published, from the stored model and the bars up to that day, and compares every figure.
 *
 * @returns the newest session for which all figures are the same; null where nothing was published
 * @throws DayTradeError `restore.differs` when there is no such session
 */
export async function replayPredictions(stores: Stores): Promise<Replayed | null> {
  const { synthetic } = await activeSymbols(stores);
  const published = await stores.predictions.newestSessions(mostSessions, synthetic);
  const sessions = [...new Set(published.map(({ session }) => session))].sort().reverse();
  if (sessions.length === 0) return null;
  // Threads of its own: those of the service keep the live model at the end of the live bars.
  const computations = new Computations(1);
  try {
    for (const session of sessions) {
      const replayed = await replaySession(stores, computations, session, synthetic);
      if (replayed !== undefined) return replayed;
    }
  } finally {
    await computations.close();
  }
  throw new DayTradeError(
    'restore.differs',
    `the stored models predict other figures than were published for ${sessions.at(-1)} to ${sessions[0]}`,
  );
}

/** Undefined where any figure differs. */
async function replaySession(
  stores: Stores,
  computations: Computations,
  session: TradeDate,
  synthetic: boolean,
): Promise<Replayed | undefined> {
  const predictions = await stores.predictions.forSession(session, synthetic);
  const model = await stores.models.find(predictions[0]?.modelVersion ?? '');
  if (model === undefined) return undefined;
  const to = predictions
    .map(({ lastSession }) => lastSession)
    .sort()
    .at(-1);
  const { panel } = await readUniverse(stores, undefined, undefined, { to });
  const { version, artifactHash } = model;
  const { forecasts } = await computations.predict({ panel, artifactHash }, () => stores.models.artifact(version));
  const again = new Map<string, Forecast>(forecasts.map((forecast) => [forecast.symbol, forecast]));
  const same = predictions.every((prediction) => isSame(prediction, again.get(prediction.symbol)));
  return same ? { session, modelVersion: version, predictions: predictions.length } : undefined;
}

const figures = ['session', 'lastSession', 'lastClose', 'centre', 'lower', 'upper', 'probabilityUp'] as const;

function isSame(published: PublishedPrediction, forecast: Forecast | undefined): boolean {
  return forecast !== undefined && figures.every((figure) => published[figure] === forecast[figure]);
}
