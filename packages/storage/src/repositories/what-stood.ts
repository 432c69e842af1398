import type { Activation } from '@daytrade/contracts';
import { sessionOpen, type TradeDate } from '@daytrade/market';

/** One time at which a model published predictions for a session. */
export interface Publishing {
  readonly session: TradeDate;
  readonly modelVersion: string;
  /** Instant, ISO 8601 in UTC. */
  readonly madeAt: string;
}

/**
 * For each session the model whose predictions stood when it opened: of those that predicted it before, the one that
 * was live then, else the one that predicted it last. What is made after the open replaces nothing. A session that
 * nobody predicted before its open has the predictions of the live model, else the newest ones.
 *
 * @param log what was live when, oldest first
 */
export function whatStood(
  publishings: readonly Publishing[],
  log: readonly Activation[],
): ReadonlyMap<TradeDate, string> {
  const ofSession = Map.groupBy(publishings, ({ session }) => session);
  return new Map([...ofSession].map(([session, its]) => [session, modelThatStood(its, log, sessionOpen(session))]));
}

/**
 * The model whose predictions of one thing stood at an instant, such as the open: of those that predicted it before,
 * the one that was live then, else the one that predicted it last. Where nobody did, the one that is live now, else the
 * one that came last.
 *
 * @param publishings at least one
 * @param until milliseconds since 1970-01-01 UTC; what is made from then on is late
 */
export function modelThatStood(
  publishings: readonly Omit<Publishing, 'session'>[],
  log: readonly Activation[],
  until: number,
): string {
  const inTime = publishings.filter(({ madeAt }) => Date.parse(madeAt) < until);
  const believed = inTime.length === 0 ? log : inOrderOfTime(log).filter(({ at }) => Date.parse(at) < until);
  const live = believed.at(-1)?.version;
  const candidates = inTime.length === 0 ? publishings : inTime;
  return (candidates.find(({ modelVersion }) => modelVersion === live) ?? newestOf(candidates)).modelVersion;
}

/** The entries of a log without those dated before an earlier one: a clock that was set back wrote them. */
function inOrderOfTime(log: readonly Activation[]): readonly Activation[] {
  let newest = '';
  return log.filter(({ at }) => {
    const follows = at >= newest;
    if (follows) newest = at;
    return follows;
  });
}

function newestOf<Of extends Omit<Publishing, 'session'>>(publishings: readonly Of[]): Of {
  return publishings.reduce((newest, next) => (orderOf(next) > orderOf(newest) ? next : newest));
}

function orderOf({ madeAt, modelVersion }: Omit<Publishing, 'session'>): string {
  return `${madeAt} ${modelVersion}`;
}
