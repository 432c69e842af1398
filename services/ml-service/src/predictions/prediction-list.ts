import type { AnnouncementOfSession, PredictionList } from '@daytrade/contracts';
import { barsAge, isOver } from '@daytrade/market';
import { newestBar, type PublishedPrediction, type SymbolRecord } from '@daytrade/storage';
import { isLate } from './judge.ts';
import { shownDirection } from './shown-direction.ts';

/**
 * Predictions as they are answered: with the symbols that have none, the age of the bars, and whether the predicted
 * session is over.
 *
 * @param predictions of one session
 * @param asked the symbols in use that were asked for
 * @param now milliseconds since 1970 UTC
 * @param known versions of the models whose direction is answered, see `skilledModels`, the announcements by symbol,
 *   see `announcementsOf`, and the symbols that a source has announcements of
 */
export function predictionList(
  predictions: readonly PublishedPrediction[],
  asked: readonly SymbolRecord[],
  now: number,
  {
    skilled,
    announced,
    withAnnouncements,
  }: {
    readonly skilled: ReadonlySet<string>;
    readonly announced: ReadonlyMap<string, AnnouncementOfSession>;
    readonly withAnnouncements: ReadonlySet<string>;
  },
): PredictionList {
  const predicted = new Set(predictions.map(({ symbol }) => symbol));
  const session = predictions[0]?.session;
  const newest = newestBar(asked);
  return {
    predictions: predictions.map((prediction) => ({
      ...prediction,
      ...shownDirection(prediction, skilled.has(prediction.modelVersion)),
      late: isLate(prediction),
      announcement: announced.get(prediction.symbol) ?? null,
      announcementsKnown: withAnnouncements.has(prediction.symbol),
    })),
    sessionOver: session !== undefined && isOver(session, now),
    unpredicted: asked
      .filter(({ symbol }) => predictions.length > 0 && !predicted.has(symbol))
      .map(({ symbol, name, lastDate }) => ({ symbol, name, lastDate })),
    barsAge: newest === undefined ? null : barsAge(newest, now),
  };
}
