import type { Migration } from 'kysely/migration';
import { double } from '../columns/column-types.ts';

/** What was expected to go from the price on an ex-day; null in older rows, and where no dividend is known. */
export const expectedDividends: Migration = {
  async up(db) {
    await db.schema.alterTable('predictions').addColumn('expectedDividend', double).execute();
  },
};
