import type { Migration } from 'kysely/migration';
import { double, varchar } from '../columns/column-types.ts';

/** Shares of symbols, by the day on which a report named them. */
export const shareCounts: Migration = {
  async up(db) {
    await db.schema
      .createTable('shareCounts')
      .addColumn('symbol', varchar(4), (column) => column.notNull())
      .addColumn('date', 'date', (column) => column.notNull())
      .addColumn('periodEnd', 'date', (column) => column.notNull())
      .addColumn('shares', double, (column) => column.notNull())
      .addColumn('source', varchar(64), (column) => column.notNull())
      .addPrimaryKeyConstraint('shareCountsKey', ['symbol', 'date'])
      .execute();
  },
};
