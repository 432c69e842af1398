import type { Migration } from 'kysely/migration';

/** The closes by which published intervals were judged first. */
export const judgedCloses: Migration = {
  async up(db) {
    await db.schema
      .createTable('judgedCloses')
      .addColumn('session', 'date', (column) => column.notNull())
      .addColumn('symbol', 'varchar(4)', (column) => column.notNull())
      .addColumn('lastSession', 'date', (column) => column.notNull())
      .addColumn('close', 'double precision', (column) => column.notNull())
      .addColumn('lastClose', 'double precision')
      .addColumn('judgedAt', 'timestamptz', (column) => column.notNull())
      .addPrimaryKeyConstraint('judgedClosesKey', ['session', 'symbol', 'lastSession'])
      .execute();
  },
};
