import type { Activation } from '@daytrade/contracts';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** What was live when, oldest first. */
export async function activationLog(db: Kysely<Tables>): Promise<readonly Activation[]> {
  return await db
    .selectFrom('activations')
    .select(['at', 'version', 'previous', 'action', 'by'])
    .orderBy('id')
    .execute();
}
