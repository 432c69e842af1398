import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** The version of the model that is live: the one of the newest activation. */
export async function liveVersion(db: Kysely<Tables>): Promise<string | undefined> {
  const newest = await db.selectFrom('activations').select('version').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return newest?.version;
}
