import type { QueriedDatabase } from '../database/database-adapter.ts';

/** Runs work on a key while no other work on the same key runs, whoever started it. */
export type Exclusive = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

/** Keeps work of this process apart: on one key it goes one after another, in the order of the calls. */
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

/** Keeps work apart in all processes that use the database. It takes a connection while the work lasts. */
export function exclusiveByDatabase({ db, adapter }: QueriedDatabase, purpose: string): Exclusive {
  return async (key, work) =>
    await db.transaction().execute(async (transaction) => {
      await adapter.lockInTransaction(transaction, `${purpose}/${key}`);
      return await work();
    });
}
