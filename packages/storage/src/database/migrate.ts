import { asDayTradeError, DayTradeError } from '@daytrade/errors';
import type { Kysely } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, Migrator } from 'kysely/migration';
import { allMigrations } from './migrations/all-migrations.ts';
import type { Tables } from './tables.ts';

/**
 * Brings the tables to the newest state. A database that a newer version of the platform has already taken further is
 * left as it is: migrations only add, so it serves this version too.
 *
 * @returns how many migrations the database has: its schema version
 * @throws DayTradeError `state.damaged` when a migration fails
 */
export async function migrate(db: Kysely<Tables>): Promise<number> {
  const before = await appliedMigrations(db);
  if (Object.keys(allMigrations).every((name) => before.includes(name))) return before.length;
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...allMigrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const { message } = asDayTradeError(error);
    throw new DayTradeError('state.damaged', `the tables cannot be brought up to date: ${message}`, { cause: error });
  }
  return (await appliedMigrations(db)).length;
}

async function appliedMigrations(db: Kysely<Tables>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return [];
  const rows = await db.withTables<MigrationTables>().selectFrom(DEFAULT_MIGRATION_TABLE).select('name').execute();
  return rows.map(({ name }) => name);
}

type MigrationTables = {
  [DEFAULT_MIGRATION_TABLE]: { name: string };
};
