import type { Migration } from 'kysely/migration';
import { firstTables } from './0001-first-tables.ts';

/** Every migration by its name, in order. A released one is never changed; a change of the tables is a new one. */
export const allMigrations: Readonly<Record<string, Migration>> = {
  '0001-first-tables': firstTables,
};
