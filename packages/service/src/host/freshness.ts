import type { Stores } from '@daytrade/storage';
import type { Freshness } from '../server/kept-answers.ts';

/**
 * Alone, what is written says when an answer is old. The bound in time is for what an answer says of the clock, such as
 * that a session is over.
 */
const alone = { freshForMs: 30_000 } as const;

/**
 * Where many replicas share one database, each reads what is asked for at most once in `freshForMs`. For
 * `staleWhileRevalidateMs` more nobody waits for that reading: a database that is slow for a moment, as while every
 * part is upgraded, slows no read down. What another replica or a worker wrote is seen by both times later at most.
 */
const besideOthers = { freshForMs: 1_000, staleWhileRevalidateMs: 2_000 } as const;

/** How long an answer that is read from the stores is as good as a new one. */
export function freshnessOf({ writes, alone: isAlone }: Pick<Stores, 'writes' | 'alone'>): Freshness {
  return { version: (tables) => writes.version(tables), ...(isAlone ? alone : besideOthers) };
}
