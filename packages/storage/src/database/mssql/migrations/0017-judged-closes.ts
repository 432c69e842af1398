import type { Migration } from 'kysely/migration';
import { double, instant, varchar } from '../columns/column-types.ts';

/** The closes by which published intervals were judged first. */
export const judgedCloses: Migration = {
  async up(db) {
    await db.schema
      .createTable('judgedCloses')
      .addColumn('session', 'date', (column) => column.notNull())
      .addColumn('symbol', varchar(4), (column) => column.notNull())
      .addColumn('lastSession', 'date', (column) => column.notNull())
      .addColumn('close', double, (column) => column.notNull())
      .addColumn('lastClose', double)
      .addColumn('judgedAt', instant, (column) => column.notNull())
      .addPrimaryKeyConstraint('judgedClosesKey', ['session', 'symbol', 'lastSession'])
      .execute();
  },
};
