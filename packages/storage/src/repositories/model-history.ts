import type { Activation } from '@daytrade/contracts';
import { sessionOpen, type TradeDate } from '@daytrade/market';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** What was live when, oldest first. */
export async function activationLog(db: Kysely<Tables>): Promise<readonly Activation[]> {
  return await db
    .selectFrom('activations')
    .select(['at', 'version', 'previous', 'action', 'by'])
    .orderBy('id')
    .execute();
}

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

/**
 * The versions to which a rollback may go, nearest first: those that were live before the live one, where a rollback
 * undoes the activations after the one it went to and so does not count as one itself.
 *
 * @param log what was live when, oldest first
 */
export function previousLive(log: readonly Pick<Activation, 'version' | 'action'>[]): readonly string[] {
  const promoted: string[] = [];
  for (const { version, action } of log) {
    if (action !== 'rollback') {
      promoted.push(version);
      continue;
    }
    // What it passed over on its way is undone with the one that was live.
    do promoted.pop();
    while (promoted.length > 0 && promoted.at(-1) !== version);
  }
  return promoted.slice(0, -1).reverse();
}

export interface ModelVersionOptions {
  /** Instant, ISO 8601 in UTC. */
  readonly createdAt: string;
  /** SHA-256 of the artifact, hexadecimal. */
  readonly artifactHash: string;
  /** Versions that are taken. */
  readonly existing: readonly string[];
}

/**
 * A version that sorts by time and shows the artifact: m20261124-0001-1f3a9c0b, of the day (UTC), a number that counts
 * within the day, and the first digits of the hash. The same training again has another number and the same digits.
 */
export function modelVersion({ createdAt, artifactHash, existing }: ModelVersionOptions): string {
  const prefix = `m${createdAt.slice(0, 10).replaceAll('-', '')}-`;
  const numbers = existing
    .filter((version) => version.startsWith(prefix))
    .map((version) => Number(version.slice(prefix.length).split('-')[0]));
  const next = Math.max(0, ...numbers) + 1;
  return `${prefix}${String(next).padStart(4, '0')}-${artifactHash.slice(0, 8)}`;
}
