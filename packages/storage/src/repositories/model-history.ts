import type { Activation } from '@daytrade/contracts';
import type { TradeDate } from '@daytrade/market';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** Reads the log of activations, oldest first. */
export async function activationLog(db: Kysely<Tables>): Promise<readonly Activation[]> {
  return await db
    .selectFrom('activations')
    .select(['at', 'version', 'previous', 'action', 'by'])
    .orderBy('id')
    .execute();
}

/** A publication of predictions by one model for a session. */
export interface Publishing {
  readonly session: TradeDate;
  readonly modelVersion: string;
  /** Instant, ISO 8601 in UTC. */
  readonly madeAt: string;
}

/**
 * Returns the model with the valid predictions of each target, see {@link modelThatStood}.
 *
 * @param log activations, oldest first
 * @param targetOf returns the target of a publication, such as its session
 * @param untilOf returns the instant from which one is late, the same for all of a target
 */
export function whatStood<Of extends Publishing, Target>(
  publishings: readonly Of[],
  log: readonly Activation[],
  targetOf: (publishing: Of) => Target,
  untilOf: (publishing: Of) => number,
): ReadonlyMap<Target, string> {
  const ofTarget = Map.groupBy(publishings, targetOf);
  return new Map([...ofTarget].map(([target, its]) => [target, modelThatStood(its, log, untilOf(its[0]!))]));
}

/**
 * Returns the model with the valid predictions at an instant such as the open. Among the models that predicted before,
 * it is the live one, or else the last to predict. Later predictions count only if none was earlier; then it is the
 * model live now, or else the last to predict.
 *
 * @param publishings at least one
 * @param until milliseconds since 1970-01-01 UTC; predictions from then on are late
 */
function modelThatStood(
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

/** Drops entries dated before an earlier one, which were written after the clock was set back. */
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
 * Returns the possible rollback targets, the last live one first. A rollback undoes the activations after its target
 * and does not count as an activation.
 *
 * @param log activations, oldest first
 */
export function previousLive(log: readonly Pick<Activation, 'version' | 'action'>[]): readonly string[] {
  const promoted: string[] = [];
  for (const { version, action } of log) {
    if (action !== 'rollback') {
      promoted.push(version);
      continue;
    }
    // The rollback also undid the versions it skipped.
    do promoted.pop();
    while (promoted.length > 0 && promoted.at(-1) !== version);
  }
  return promoted.slice(0, -1).reverse();
}

export interface ModelVersionOptions {
  /** Instant, ISO 8601 in UTC. */
  readonly createdAt: string;
  readonly artifactHash: string;
  readonly existing: readonly string[];
}

/**
 * Returns a version that sorts by time, such as m20261124-0001-1f3a9c0b: day (UTC), number within the day, first digits
 * of the hash. A repeated training gets another number and the same digits.
 */
export function modelVersion({ createdAt, artifactHash, existing }: ModelVersionOptions): string {
  const prefix = `m${createdAt.slice(0, 10).replaceAll('-', '')}-`;
  const numbers = existing
    .filter((version) => version.startsWith(prefix))
    .map((version) => Number(version.slice(prefix.length).split('-')[0]));
  const next = Math.max(0, ...numbers) + 1;
  return `${prefix}${String(next).padStart(4, '0')}-${artifactHash.slice(0, 8)}`;
}
