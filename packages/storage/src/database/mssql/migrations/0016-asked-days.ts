import type { Migration } from 'kysely/migration';

/** Up to which session a provider gave all the bars of a symbol that there are; null in older rows. */
export const askedDays: Migration = {
  async up(db) {
    await db.schema.alterTable('symbols').addColumn('askedTo', 'date').execute();
  },
};
