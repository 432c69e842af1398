import { setTimeout as sleep } from 'node:timers/promises';
import { asDayTradeError, DayTradeError, isDayTradeError } from '@daytrade/errors';
import { Migrator } from 'kysely/migration';
import { unwritable } from '../state-folder/unwritable.ts';
import type { QueriedDatabase } from './database-adapter.ts';
import { migrationNumber, neededSchemaVersion, pendingMigrations, schemaVersion } from './schema-version.ts';

export interface MigrateOptions {
  /** How long to wait for a database that does not answer yet, and for another process that migrates it. */
  readonly waitSeconds: number;
  /** The schema version to stop at; left out: the newest. */
  readonly version?: number | undefined;
}

/** What a migration did. */
export interface MigrationResult {
  /** Names of the migrations that this call applied, in order; empty when there was nothing to do. */
  readonly applied: readonly string[];
  /** The schema version after it. */
  readonly version: number;
}

const pauseMilliseconds = 250;

/**
 * Brings the tables to the newest state, under a lock of the database: of two at once one migrates, and the other finds
 * it done. A database that a newer version of the platform has taken further is left as it is: migrations only add, so
 * it serves this version too.
 *
 * @example
 * const database = await openPostgresDatabase({ ...options, statementSeconds: 3600 });
 * const { applied, version } = await migrateDatabase(database, { waitSeconds: 60 });
 *
 * @throws DayTradeError `service.unavailable` when the database or its lock cannot be had in time;
 *   `dependency.refused` when it does not let us in; `state.damaged` when a migration fails
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

/** Undefined when another process is at it. */
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
  if (newest !== undefined) await database.adapter.waitingBriefly(database.db, () => migrateTo(database, newest));
  return { applied, version: await schemaVersion(database) };
}

async function migrateTo({ db, adapter }: QueriedDatabase, name: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...adapter.schema.migrations }) } });
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
    { details: { waitSeconds } },
  );
}
