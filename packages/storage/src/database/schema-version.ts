import { DayTradeError } from '@daytrade/errors';
import { DEFAULT_MIGRATION_TABLE } from 'kysely/migration';
import type { QueriedDatabase } from './database-adapter.ts';
import { migrationNames } from './database-schema.ts';

/** Number of the newest migration that this version of the platform needs: 2 for '0002-objects'. */
export const neededSchemaVersion: number = newestOf(migrationNames);

/** The schema version of a database: the number of its newest migration, 0 when it has none. */
export async function schemaVersion(database: QueriedDatabase): Promise<number> {
  return newestOf(await appliedMigrations(database));
}

/** Names of the migrations that this version knows and the database does not have, in order. */
export async function pendingMigrations(database: QueriedDatabase): Promise<readonly string[]> {
  const applied = new Set(await appliedMigrations(database));
  return migrationNames.filter((name) => !applied.has(name));
}

async function appliedMigrations({ db, adapter }: QueriedDatabase): Promise<readonly string[]> {
  if (!(await adapter.schema.hasTable(db, DEFAULT_MIGRATION_TABLE))) return [];
  const rows = await db.withTables<MigrationTables>().selectFrom(DEFAULT_MIGRATION_TABLE).select('name').execute();
  return rows.map(({ name }) => name);
}

/** The number with which a migration's name begins. */
export function migrationNumber(name: string): number {
  const digits = /^(\d{4})-/.exec(name)?.[1];
  if (digits !== undefined) return Number(digits);
  throw new DayTradeError('state.damaged', `the database lists a migration without a number: ${JSON.stringify(name)}`);
}

function newestOf(names: readonly string[]): number {
  return Math.max(0, ...names.map(migrationNumber));
}

type MigrationTables = {
  [DEFAULT_MIGRATION_TABLE]: { name: string };
};
