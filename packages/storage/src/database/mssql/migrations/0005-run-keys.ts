import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { boolean, instant, json, text, varchar } from '../columns/column-types.ts';

/**
 * Who holds a run key, for ever; up to when the due times of a job are decided, and whether it is paused; and of a run
 * which one it repeats, what it stands for and what it waited for.
 */
export const runKeys: Migration = {
  async up(db) {
    await createRunKeys(db);
    await createSchedules(db);
    await db.schema.alterTable('runs').addColumn('replayOf', varchar(64)).execute();
    await db.schema.alterTable('runs').addColumn('missed', 'integer').execute();
    await db.schema.alterTable('runs').addColumn('dependencies', json).execute();
  },
};

async function createRunKeys(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('runKeys')
    .addColumn('job', varchar(64), (column) => column.notNull())
    .addColumn('key', varchar(256), (column) => column.notNull())
    .addColumn('run', varchar(64), (column) => column.notNull())
    .addPrimaryKeyConstraint('runKeysKey', ['job', 'key'])
    .execute();
  await db.schema.createIndex('runKeysByRun').on('runKeys').columns(['run']).execute();
}

async function createSchedules(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('schedules')
    .addColumn('job', varchar(64), (column) => column.primaryKey())
    .addColumn('servedUntil', instant)
    .addColumn('paused', boolean, (column) => column.notNull().defaultTo(0))
    .addColumn('changedAt', instant)
    .addColumn('changedBy', varchar(200))
    .addColumn('reason', text)
    .execute();
}
