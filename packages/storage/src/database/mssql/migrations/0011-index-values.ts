import type { Migration } from 'kysely/migration';
import { boolean, double, instant, varchar } from '../columns/column-types.ts';

/** Daily values of series beside the bars: other markets, currencies, the market of Tokyo as a whole. */
export const indexValues: Migration = {
  async up(db) {
    await db.schema
      .createTable('indexValues')
      .addColumn('name', varchar(16), (column) => column.notNull())
      .addColumn('synthetic', boolean, (column) => column.notNull())
      .addColumn('date', 'date', (column) => column.notNull())
      .addColumn('value', double, (column) => column.notNull())
      .addColumn('source', varchar(64), (column) => column.notNull())
      .addColumn('fetchedAt', instant, (column) => column.notNull())
      .addPrimaryKeyConstraint('indexValuesKey', ['name', 'synthetic', 'date'])
      .execute();
  },
};
