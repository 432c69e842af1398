import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Tables } from './tables.ts';

/**
 * Names of all migrations, in order. Every database has its own form of each, so that one number says what all of them
 * have.
 */
export const migrationNames = [
  '0001-first-tables',
  '0002-objects',
  '0003-price-basis-of-predictions',
  '0004-requests-of-runs',
  '0005-run-keys',
  '0006-reports',
  '0007-price-factors',
  '0008-share-counts',
  '0009-notices',
  '0010-in-day-predictions',
  '0011-index-values',
  '0012-expected-dividends',
  '0013-job-settings',
  '0014-paper-books',
  '0015-announcements',
  '0016-asked-days',
  '0017-judged-closes',
  '0018-unlisted-rows',
  '0019-activated-by',
  '0020-known-announcements',
] as const;

export type MigrationName = (typeof migrationNames)[number];

/**
 * A change of the tables. While a new version of the platform is rolled out the old one goes on using the same tables,
 * so a migration only adds. What no version uses any more may go in a later one, its contract step.
 */
export interface TableMigration extends Migration {
  /** Name of the earlier migration after which nothing uses what this one takes away. */
  readonly contractOf?: string;
}

/** How a database makes the {@link Tables}, in its types of columns. */
export interface DatabaseSchema {
  /** A released migration is never changed; a change of the tables is a new one. */
  readonly migrations: Readonly<Record<MigrationName, TableMigration>>;
  /** Whether the database has a table, by its name there. */
  hasTable(db: Kysely<Tables>, name: string): Promise<boolean>;
}
