import { DayTradeError } from '@daytrade/errors';
import type { Stores } from '@daytrade/storage';
import type { Freshness } from '../server/kept-answers.ts';
import type { ReadinessCheck } from '../service.ts';

/** Passes if the database answers and has at least the schema version of this program. A newer schema is compatible. */
export function databaseCheck(stores: Pick<Stores, 'schema'>): ReadinessCheck {
  return {
    name: 'database',
    check: async () => {
      const { needed, found } = await stores.schema();
      if (found >= needed) return;
      throw new DayTradeError(
        'service.unavailable',
        `its schema version is ${found} and this version needs ${needed}: run \`daytrade database migrate\``,
        { details: { needed, found } },
      );
    },
  };
}

/**
 * A single process knows every write. The time limit covers answers that depend on the clock, such as the end of a
 * session.
 */
const alone = { freshForMs: 30_000 } as const;

/**
 * Several replicas share a database, so each reads an answer at most once in `freshForMs`. A cached answer is served
 * for `staleWhileRevalidateMs` more while it is read again, which hides a slow database. Writes of other processes
 * become visible after both times at most.
 */
const besideOthers = { freshForMs: 1_000, staleWhileRevalidateMs: 2_000 } as const;

/** Returns the validity of cached answers from the stores. */
export function freshnessOf({ writes, alone: isAlone }: Pick<Stores, 'writes' | 'alone'>): Freshness {
  return { version: (tables) => writes.version(tables), ...(isAlone ? alone : besideOthers) };
}
