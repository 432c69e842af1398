import type { Migration } from 'kysely/migration';

/** Rows in quarantine that are counted with a listed one. */
export const unlistedRows: Migration = {
  async up(db) {
    await db.schema
      .alterTable('quarantine')
      .addColumn('unlisted', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
