import type { Migration } from 'kysely/migration';

/** Since when an announcement was known, and until when a plan stood; null in older rows. */
export const knownAnnouncements: Migration = {
  async up(db) {
    await db.schema.alterTable('announcements').addColumn('knownSince', 'timestamptz').execute();
    await db.schema.alterTable('announcements').addColumn('knownUntil', 'timestamptz').execute();
  },
};
