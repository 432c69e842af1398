import type { Migration } from 'kysely/migration';
import { ascii, bytes, instant, varchar } from '../columns/column-types.ts';

/** Objects (models, judged predictions, files of bars) as rows, where no folder is shared and no bucket is at hand. */
export const objects: Migration = {
  async up(db) {
    await db.schema
      .createTable('objects')
      // Keys are plain ASCII: byte order lists them as every other object store does, and serves a search by prefix.
      .addColumn('key', ascii(500), (column) => column.primaryKey())
      .addColumn('bytes', bytes, (column) => column.notNull())
      .addColumn('version', varchar(64), (column) => column.notNull())
      .addColumn('updatedAt', instant, (column) => column.notNull())
      .execute();
  },
};
