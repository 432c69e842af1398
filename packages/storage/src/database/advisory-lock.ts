import { createHash } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Exclusive } from '../objects/exclusive.ts';
import type { Tables } from './tables.ts';

/** Waits until no other transaction holds the lock of this name, in any process, and keeps it until the transaction ends. */
export async function lockInTransaction(transaction: Transaction<Tables>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockNumberOf(name)}::bigint)`.execute(transaction);
}

/** Keeps work apart in all processes that use the database. It takes a connection while the work lasts. */
export function exclusiveByDatabase(db: Kysely<Tables>, purpose: string): Exclusive {
  return async (key, work) =>
    await db.transaction().execute(async (transaction) => {
      await lockInTransaction(transaction, `${purpose}/${key}`);
      return await work();
    });
}

/** As decimal text, since the numbers are of 64 bits. */
function lockNumberOf(name: string): string {
  return createHash('sha256').update(name).digest().readBigInt64BE().toString();
}
