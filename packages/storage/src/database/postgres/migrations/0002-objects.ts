import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Objects (models, judged predictions, files of bars) as rows, where no folder is shared and no bucket is at hand. */
export const objects: Migration = {
  async up(db) {
    await db.schema
      .createTable('objects')
      // Keys are plain ASCII: byte order lists them as every other object store does, and serves a search by prefix.
      .addColumn('key', sql`varchar(500) collate "C"`, (column) => column.primaryKey())
      .addColumn('bytes', 'bytea', (column) => column.notNull())
      .addColumn('version', 'varchar(64)', (column) => column.notNull())
      .addColumn('updatedAt', 'timestamptz', (column) => column.notNull())
      .execute();
    // What is kept here is compressed already: compressing it again costs time and saves nothing.
    await sql`alter table objects alter column bytes set storage external`.execute(db);
  },
};
