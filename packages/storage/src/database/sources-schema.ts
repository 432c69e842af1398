import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { sourceRow } from '../repositories/source-repository.ts';
import type { ColumnTypes } from './first-schema.ts';
import type { Tables } from './tables.ts';

/** The table of sources, filled with the successful fetches of the run ledger. */
export function sourcesSchema({ varchar, json, instant }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('sources')
        .addColumn('id', varchar(64), (column) => column.primaryKey())
        .addColumn('provider', varchar(16), (column) => column.notNull())
        .addColumn('request', json, (column) => column.notNull())
        .addColumn('fetchedAt', instant, (column) => column.notNull())
        .execute();
      await fillFromRuns(db as Kysely<Tables>);
    },
  };
}

async function fillFromRuns(db: Kysely<Tables>): Promise<void> {
  const runs = await db
    .selectFrom('runs')
    .select(['payload', 'startedAt', 'queuedAt'])
    .where('job', '=', 'fetch')
    .where('status', '=', 'succeeded')
    .orderBy('queuedAt')
    .execute();
  const rows = runs.map(({ payload, startedAt, queuedAt }) => sourceRow(payload, startedAt ?? queuedAt));
  // The last fetch of each request.
  for (const row of new Map(rows.map((it) => [it.id, it])).values())
    await db.insertInto('sources').values(row).execute();
}
