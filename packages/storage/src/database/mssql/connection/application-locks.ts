import { createHash } from 'node:crypto';
import { DayTradeError } from '@daytrade/errors';
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../../tables.ts';

/** Name of the lock under which the tables are changed. */
const migrationLock = 'day-trade migration';

/** Waits for a lock and keeps it until the transaction ends; sp_getapplock says below 0 that it was not to be had. */
export async function takeTransactionLock(transaction: Transaction<Tables>, name: string): Promise<void> {
  const taken = await answerOf(
    transaction,
    sql`exec @taken = sp_getapplock @Resource = ${resourceOf(name)}, @LockMode = 'Exclusive',
      @LockOwner = 'Transaction', @LockTimeout = -1`,
  );
  if (taken >= 0) return;
  throw new DayTradeError('service.unavailable', `the database gave up waiting for a lock (${taken})`, {
    details: { lock: name },
  });
}

/** Takes the lock of migrations for a connection, without waiting; it is released where the connection ends. */
export async function takeSessionLock(connection: Kysely<Tables>): Promise<boolean> {
  const taken = await answerOf(
    connection,
    sql`exec @taken = sp_getapplock @Resource = ${migrationLock}, @LockMode = 'Exclusive', @LockOwner = 'Session',
      @LockTimeout = 0`,
  );
  return taken >= 0;
}

export async function releaseSessionLock(connection: Kysely<Tables>): Promise<void> {
  await sql`exec sp_releaseapplock @Resource = ${migrationLock}, @LockOwner = 'Session'`.execute(connection);
}

async function answerOf(db: Kysely<Tables>, call: RawBuilder<unknown>): Promise<number> {
  const answer = await sql<{
    taken: number;
  }>`declare @taken int; ${call}; select @taken as ${sql.ref('taken')}`.execute(db);
  return answer.rows[0]?.taken ?? 0;
}

/** A name of any length as one that the procedure takes: it compares the first 255 characters. */
function resourceOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}
