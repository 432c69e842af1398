import type { Migration } from 'kysely/migration';
import { varchar } from '../columns/column-types.ts';

/** What the prices of a published prediction are; null in older rows, which the symbol's record answers for. */
export const priceBasisOfPredictions: Migration = {
  async up(db) {
    await db.schema.alterTable('predictions').addColumn('priceBasis', varchar(16)).execute();
  },
};
