import type { Migration } from 'kysely/migration';
import { firstTables } from './0001-first-tables.ts';
import { objects } from './0002-objects.ts';
import { priceBasisOfPredictions } from './0003-price-basis-of-predictions.ts';
import { requestsOfRuns } from './0004-requests-of-runs.ts';

/**
 * A change of the tables. While a new version of the platform is rolled out the old one goes on using the same tables, so
 * a migration only adds. What no version uses any more may go in a later one, its contract step.
 */
export interface TableMigration extends Migration {
  /** Name of the earlier migration after which nothing uses what this one takes away. */
  readonly contractOf?: string;
}

/** Every migration by its name, in order. A released one is never changed; a change of the tables is a new one. */
export const allMigrations: Readonly<Record<string, TableMigration>> = {
  '0001-first-tables': firstTables,
  '0002-objects': objects,
  '0003-price-basis-of-predictions': priceBasisOfPredictions,
  '0004-requests-of-runs': requestsOfRuns,
};
