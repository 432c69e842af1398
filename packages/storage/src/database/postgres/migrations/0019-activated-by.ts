import type { Migration } from 'kysely/migration';

/** Whose token made a model live; null in older rows. */
export const activatedBy: Migration = {
  async up(db) {
    await db.schema.alterTable('activations').addColumn('by', 'varchar(200)').execute();
  },
};
