import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { untilAnswered } from './patience.ts';

/**
 * Does a transaction, anew from its beginning where the database went away before the end, and the work waits for it.
 * One whose commit got no answer is not done again, since nobody knows whether it was done.
 *
 * @param work may be called more than once, and changes nothing but rows
 */
export async function transact<Result>(
  db: Kysely<Tables>,
  work: (transaction: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  return await untilAnswered(() => db.transaction().execute(work));
}
