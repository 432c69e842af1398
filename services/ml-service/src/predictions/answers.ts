import {
  type AnnouncementOfSession,
  type JudgedPrediction,
  measuresDirectionSkill,
  type PredictionHistory,
  type PredictionList,
} from '@daytrade/contracts';
import {
  barsAge,
  compareText,
  inDayHorizons,
  isOver,
  previousSession,
  sessionMovedBy,
  type TradeDate,
} from '@daytrade/market';
import {
  type AnnouncementRecord,
  newestBar,
  type PublishedPrediction,
  type Stores,
  type SymbolRecord,
} from '@daytrade/storage';
import { isLate, judgePublished } from './judge.ts';
import { shownBesideClose, shownDirection, skilledModels } from './shown-direction.ts';

/**
 * Returns predictions of one session as the API answers them: with what is known of direction and announcements,
 * symbols that have none, the age of the bars, and whether the session is over.
 */
export async function predictionList(
  stores: Pick<Stores, 'announcements' | 'evaluations' | 'models'>,
  predictions: readonly PublishedPrediction[],
  asked: readonly SymbolRecord[],
  now: number,
): Promise<PredictionList> {
  const skilled = await skilledModels(stores, predictions);
  const announced = await announcementsOf(stores, predictions);
  const withAnnouncements: ReadonlySet<string> = await stores.announcements.symbols();
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
 * Returns by symbol the announcement of results that moves or may move the session of predictions: one made since the
 * previous close, or planned for the session or the day before.
 */
async function announcementsOf(
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
  // An announcement that was made replaces its plan; a plan that was moved does not count.
  const may = moves || (one.time === null && one.date === session);
  return may && one.knownUntil === null && !others.some(({ kind, date }) => kind === 'made' && date === one.date);
}

type HistoryRow = PredictionHistory['history'][number];

/**
 * Returns past intervals of a symbol with their outcomes, oldest first. A session published before its open is shown as
 * published; another one as in the newest walk-forward judgement, else as published late.
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
  for (const point of [...published.filter(({ source }) => source === 'live'), ...walkForward, ...published]) {
    if (!bySession.has(point.session)) bySession.set(point.session, point);
  }
  const history = [...bySession.values()].sort((a, b) => compareText(a.session, b.session)).slice(-limit);
  return history.map((row) => ({ ...row, horizon: 'next-close' }));
}

/** Returns the newest walk-forward judgement of a symbol per horizon within the day, without directions. */
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
