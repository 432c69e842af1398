import type { QueriedDatabase } from '../database/database-adapter.ts';
import type { Exclusive } from './exclusive.ts';

/** Keeps work apart in all processes that use the database. It takes a connection while the work lasts. */
export function exclusiveByDatabase({ db, adapter }: QueriedDatabase, purpose: string): Exclusive {
  return async (key, work) =>
    await db.transaction().execute(async (transaction) => {
      await adapter.lockInTransaction(transaction, `${purpose}/${key}`);
      return await work();
    });
}
