import { setTimeout as sleep } from 'node:timers/promises';
import { asDayTradeError, DayTradeError, isDayTradeError } from '@daytrade/errors';
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from 'kysely/migration';
import { unwritable } from '../state-folder/unwritable.ts';
import type { QueriedDatabase } from './database-adapter.ts';

/** Names of all migrations, in order; every database has the same ones. */
export const migrationNames = ['0001-first-schema', '0002-sources'] as const;

export type MigrationName = (typeof migrationNames)[number];

/**
 * The migrations of a database, in its types of columns. During a rolling update the old version still uses the tables,
 * so a migration only adds. A released migration never changes.
 */
export type SchemaMigrations = Readonly<Record<MigrationName, Migration>>;

/** Number of the newest migration that this version of the platform needs. */
export const neededSchemaVersion: number = newestOf(migrationNames);

/** Returns the number of the newest migration of a database, 0 when it has none. */
export async function schemaVersion(database: QueriedDatabase): Promise<number> {
  return newestOf(await appliedMigrations(database));
}

/** Returns the names of the migrations that this version knows and the database does not have, in order. */
export async function pendingMigrations(database: QueriedDatabase): Promise<readonly string[]> {
  const applied = new Set(await appliedMigrations(database));
  return migrationNames.filter((name) => !applied.has(name));
}

export interface MigrateOptions {
  /** Seconds to wait for a database that does not answer, or that another process migrates. */
  readonly waitSeconds: number;
  /** Schema version to stop at; default: the newest. */
  readonly version?: number | undefined;
}

export interface MigrationResult {
  readonly applied: readonly string[];
  readonly version: number;
}

const pauseMilliseconds = 250;

/**
 * Brings the tables to the newest version, under a lock of the database: one of several callers migrates, the others
 * find it done. A newer schema stays as it is, since migrations only add.
 *
 * @throws DayTradeError `service.unavailable` when the database or its lock is not available in time;
 *   `dependency.refused` for a refused login; `state.damaged` when a migration fails
 */
export async function migrateDatabase(database: QueriedDatabase, options: MigrateOptions): Promise<MigrationResult> {
  const deadline = AbortSignal.timeout(options.waitSeconds * 1000);
  for (;;) {
    try {
      const result = await migrateUnderLock(database, options.version ?? neededSchemaVersion);
      if (result !== undefined) return result;
      if (deadline.aborted) throw stillLocked(options.waitSeconds);
    } catch (error) {
      if (!(isDayTradeError(error) && error.retryable) || deadline.aborted) throw error;
    }
    await sleep(pauseMilliseconds);
  }
}

/** Returns undefined while another process holds the lock. */
async function migrateUnderLock(
  { db, adapter }: QueriedDatabase,
  version: number,
): Promise<MigrationResult | undefined> {
  return await db
    .connection()
    .execute((connection) => adapter.alone(connection, () => applyPending({ db: connection, adapter }, version)));
}

async function applyPending(database: QueriedDatabase, version: number): Promise<MigrationResult> {
  const pending = await pendingMigrations(database);
  const applied = pending.filter((name) => migrationNumber(name) <= version);
  const newest = applied.at(-1);
  if (newest !== undefined) await migrateTo(database, newest);
  return { applied, version: await schemaVersion(database) };
}

async function migrateTo({ db, adapter }: QueriedDatabase, name: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...adapter.migrations }) } });
  const { error } = await migrator.migrateTo(name);
  if (error === undefined) return;
  if (isDayTradeError(error)) throw error;
  if (adapter.isDiskFull(error)) throw unwritable('the database', error);
  const { message } = asDayTradeError(error);
  throw new DayTradeError('state.damaged', `the tables cannot be brought up to date: ${message}`, { cause: error });
}

function stillLocked(waitSeconds: number): DayTradeError {
  return new DayTradeError(
    'service.unavailable',
    `another process has been migrating the database for ${waitSeconds} seconds and more`,
  );
}

async function appliedMigrations({ db, adapter }: QueriedDatabase): Promise<readonly string[]> {
  if (!(await adapter.hasTable(db, DEFAULT_MIGRATION_TABLE))) return [];
  const rows = await db.withTables<MigrationTables>().selectFrom(DEFAULT_MIGRATION_TABLE).select('name').execute();
  return rows.map(({ name }) => name);
}

function migrationNumber(name: string): number {
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
