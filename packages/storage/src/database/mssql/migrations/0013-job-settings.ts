import type { Migration } from 'kysely/migration';
import { instant, json, text, varchar } from '../columns/column-types.ts';

/** What somebody has set of jobs, and who changed what, when and why. */
export const jobSettings: Migration = {
  async up(db) {
    await db.schema
      .createTable('jobSettings')
      .addColumn('job', varchar(64), (column) => column.primaryKey())
      .addColumn('settings', json, (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('jobChanges')
      .addColumn('id', 'integer', (column) => column.primaryKey().identity())
      .addColumn('at', instant, (column) => column.notNull())
      .addColumn('by', varchar(200), (column) => column.notNull())
      .addColumn('job', varchar(64), (column) => column.notNull())
      .addColumn('action', varchar(16), (column) => column.notNull())
      .addColumn('before', json)
      .addColumn('after', json)
      .addColumn('reason', text)
      .execute();
  },
};
