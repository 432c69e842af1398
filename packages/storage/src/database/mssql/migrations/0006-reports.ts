import type { Migration } from 'kysely/migration';
import { boolean, instant, text, varchar } from '../columns/column-types.ts';

/** The daily reports: what finds the object with the figures, and what a list shows. */
export const reports: Migration = {
  async up(db) {
    await db.schema
      .createTable('reports')
      .addColumn('session', 'date', (column) => column.notNull())
      .addColumn('synthetic', boolean, (column) => column.notNull())
      .addColumn('revision', 'integer', (column) => column.notNull())
      .addColumn('madeAt', instant, (column) => column.notNull())
      // SHA-256 of what a further revision would be made for: the predictions with their closes.
      .addColumn('outcomeHash', varchar(64), (column) => column.notNull())
      .addColumn('object', text, (column) => column.notNull())
      .addColumn('published', 'integer', (column) => column.notNull())
      .addColumn('judged', 'integer', (column) => column.notNull())
      .addColumn('inside', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('reportsKey', ['session', 'synthetic', 'revision'])
      .execute();
  },
};
