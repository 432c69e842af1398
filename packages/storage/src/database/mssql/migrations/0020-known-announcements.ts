import type { Migration } from 'kysely/migration';
import { instant } from '../columns/column-types.ts';

/** Since when an announcement was known, and until when a plan stood; null in older rows. */
export const knownAnnouncements: Migration = {
  async up(db) {
    await db.schema.alterTable('announcements').addColumn('knownSince', instant).execute();
    await db.schema.alterTable('announcements').addColumn('knownUntil', instant).execute();
  },
};
