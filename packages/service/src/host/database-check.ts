import { DayTradeError } from '@daytrade/errors';
import type { Stores } from '@daytrade/storage';
import type { ReadinessCheck } from '../service.ts';

/**
 * Holds when the database answers and its schema is at least the one that this version needs; a newer one serves as
 * well, since migrations only add.
 */
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
