import {
  type AnnouncementOfSession,
  type JudgedPrediction,
  measuresDirectionSkill,
  type PredictionHistory,
  type PredictionList,
} from '@daytrade/contracts';
import { barsAge, inDayHorizons, isOver, previousSession, sessionMovedBy, type TradeDate } from '@daytrade/market';
import {
  type AnnouncementRecord,
  newestBar,
  type PublishedPrediction,
  type Stores,
  type SymbolRecord,
} from '@daytrade/storage';
import { isLate, judgePublished } from './judge.ts';
import { shownBesideClose, shownDirection } from './shown-direction.ts';

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

/**
 * By symbol the announcement of results that moves the session of some predictions, or may: one that was made since the
 * close before it, or is planned for the day before it or its own.
 *
 * @param predictions of one session
 */
export async function announcementsOf(
  { announcements }: Pick<Stores, 'announcements'>,
  predictions: readonly Pick<PublishedPrediction, 'session'>[],
): Promise<ReadonlyMap<string, AnnouncementOfSession>> {
  const [first] = predictions;
  if (first === undefined) return new Map();
  const { session } = first;
  const known = await announcements.between(previousSession(session), session);
  const bySymbol = Map.groupBy(known, ({ symbol }) => symbol);
  return new Map(
    [...bySymbol].flatMap(([symbol, several]) => {
      const found = several.find((one) => mayMove(one, session, several));
      return found === undefined ? [] : [[symbol, { date: found.date, kind: found.kind, time: found.time }] as const];
    }),
  );
}

function mayMove(one: AnnouncementRecord, session: TradeDate, others: readonly AnnouncementRecord[]): boolean {
  const moves = sessionMovedBy(one.date, one.time) === session;
  if (one.kind === 'made') return moves;
  // What came says more than what was planned; a plan that was moved says nothing.
  const may = moves || (one.time === null && one.date === session);
  return may && one.knownUntil === null && !others.some(({ kind, date }) => kind === 'made' && date === one.date);
}

type HistoryRow = PredictionHistory['history'][number];

/**
 * Past intervals of a symbol with what happened, oldest first. A session that was published before its open is shown as
 * it was published; another as the newest walk-forward judgement made it in time order, else as it was published late.
 *
 * @param now milliseconds since 1970 UTC
 */
export async function predictionHistory(
  stores: Stores,
  of: Pick<SymbolRecord, 'symbol' | 'synthetic'>,
  limit: number,
  now: number,
): Promise<HistoryRow[]> {
  const published = await judgePublished(stores, of, limit, now);
  const judged = await stores.evaluations.judged(of.symbol, of.synthetic, limit);
  const skilled = judged !== undefined && measuresDirectionSkill(judged.evaluation);
  const walkForward = judged?.rows.map((row) => asShown(row, skilled)) ?? [];
  const bySession = new Map<string, JudgedPrediction>();
  for (const point of [...published.filter(isLive), ...walkForward, ...published]) {
    if (!bySession.has(point.session)) bySession.set(point.session, point);
  }
  const history = [...bySession.values()].sort((a, b) => (a.session < b.session ? -1 : 1)).slice(-limit);
  return history.map((row) => ({ ...row, horizon: 'next-close' }));
}

/**
 * What the newest walk-forward judgement of each horizon within the day made of a symbol, in the order of the day. No
 * direction is shown within the day.
 */
export async function historyWithinDay(
  { evaluations }: Pick<Stores, 'evaluations'>,
  { symbol, synthetic }: Pick<SymbolRecord, 'symbol' | 'synthetic'>,
  limit: number,
): Promise<HistoryRow[]> {
  const judged = await evaluations.judgedWithinDay(symbol, synthetic, limit);
  return inDayHorizons.flatMap((horizon) =>
    (judged.get(horizon) ?? []).map((row) => ({ ...asShown(row, false), horizon })),
  );
}

function asShown(row: JudgedPrediction, directionSkilled: boolean): JudgedPrediction {
  return { ...row, ...shownBesideClose(row, directionSkilled, row.close) };
}

function isLive({ source }: JudgedPrediction): boolean {
  return source === 'live';
}
