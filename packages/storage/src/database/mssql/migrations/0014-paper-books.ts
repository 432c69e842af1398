import type { Migration } from 'kysely/migration';
import { instant, json, varchar } from '../columns/column-types.ts';

/** What happened to paper books, one row per event: they are added and never changed. */
export const paperBooks: Migration = {
  async up(db) {
    await db.schema
      .createTable('paperEvents')
      .addColumn('book', varchar(64), (column) => column.notNull())
      .addColumn('sequence', 'integer', (column) => column.notNull())
      .addColumn('key', varchar(200), (column) => column.notNull())
      .addColumn('session', 'date')
      .addColumn('order', varchar(160))
      .addColumn('kind', varchar(16), (column) => column.notNull())
      .addColumn('body', json, (column) => column.notNull())
      .addColumn('at', instant, (column) => column.notNull())
      .addColumn('by', varchar(200), (column) => column.notNull())
      .addPrimaryKeyConstraint('paper_events_primary_key', ['book', 'sequence'])
      .addUniqueConstraint('paper_events_once', ['book', 'key'])
      .execute();
  },
};
