import type { Migration } from 'kysely/migration';
import { instant, json, text, varchar } from '../columns/column-types.ts';

/** Notices on their way to receivers: the key lets each one in once, whichever process finds it first. */
export const notices: Migration = {
  async up(db) {
    await db.schema
      .createTable('notices')
      .addColumn('kind', varchar(32), (column) => column.notNull())
      .addColumn('subject', varchar(128), (column) => column.notNull())
      .addColumn('channel', varchar(16), (column) => column.notNull())
      .addColumn('notice', json, (column) => column.notNull())
      .addColumn('madeAt', instant, (column) => column.notNull())
      .addColumn('status', varchar(16), (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('nextAttemptAt', instant, (column) => column.notNull())
      .addColumn('sentAt', instant)
      .addColumn('error', text)
      .addPrimaryKeyConstraint('noticesKey', ['kind', 'subject', 'channel'])
      .execute();
  },
};
