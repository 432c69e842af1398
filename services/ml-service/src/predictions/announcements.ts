import type { AnnouncementOfSession } from '@daytrade/contracts';
import { previousSession, sessionMovedBy, type TradeDate } from '@daytrade/market';
import type { AnnouncementRecord, PublishedPrediction, Stores } from '@daytrade/storage';

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
