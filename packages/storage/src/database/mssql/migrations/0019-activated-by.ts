import type { Migration } from 'kysely/migration';
import { varchar } from '../columns/column-types.ts';

/** Whose token made a model live; null in older rows. */
export const activatedBy: Migration = {
  async up(db) {
    await db.schema.alterTable('activations').addColumn('by', varchar(200)).execute();
  },
};
