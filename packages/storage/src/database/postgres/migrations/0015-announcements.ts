import type { Migration } from 'kysely/migration';

/** When companies announced their results, and when they plan to. */
export const announcements: Migration = {
  async up(db) {
    await db.schema
      .createTable('announcements')
      .addColumn('symbol', 'varchar(4)', (column) => column.notNull())
      .addColumn('date', 'date', (column) => column.notNull())
      .addColumn('kind', 'varchar(8)', (column) => column.notNull())
      .addColumn('time', 'varchar(5)')
      .addColumn('source', 'varchar(64)', (column) => column.notNull())
      .addPrimaryKeyConstraint('announcementsKey', ['symbol', 'date', 'kind'])
      .execute();
  },
};
