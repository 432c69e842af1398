import type { Migration } from 'kysely/migration';
import { double, varchar } from '../columns/column-types.ts';

/** Splits and dividends of symbols, with the day from which on prices are others. */
export const priceFactors: Migration = {
  async up(db) {
    await db.schema
      .createTable('priceFactors')
      .addColumn('symbol', varchar(4), (column) => column.notNull())
      .addColumn('date', 'date', (column) => column.notNull())
      .addColumn('kind', varchar(16), (column) => column.notNull())
      .addColumn('knownOn', 'date', (column) => column.notNull())
      .addColumn('value', double, (column) => column.notNull())
      .addColumn('source', varchar(64), (column) => column.notNull())
      .addPrimaryKeyConstraint('priceFactorsKey', ['symbol', 'date', 'kind', 'knownOn'])
      .execute();
  },
};
