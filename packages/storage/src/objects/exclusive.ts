import type { QueriedDatabase } from '../database/database-adapter.ts';

/** Runs work under a lock by key. */
export type Exclusive = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

/** Returns a lock within this process, first come, first served. */
export function exclusiveInProcess(): Exclusive {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const result = before.then(work);
    const settled = result.catch(() => undefined);
    last.set(key, settled);
    try {
      return await result;
    } finally {
      if (last.get(key) === settled) last.delete(key);
    }
  };
}

/** Returns a lock across all processes of the database. It occupies a connection during the work. */
export function exclusiveByDatabase({ db, adapter }: QueriedDatabase, purpose: string): Exclusive {
  return async (key, work) =>
    await db.transaction().execute(async (transaction) => {
      await adapter.lockInTransaction(transaction, `${purpose}/${key}`);
      return await work();
    });
}
