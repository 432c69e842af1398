import { setTimeout as sleep } from 'node:timers/promises';
import { asDayTradeError, DayTradeError, isDayTradeError } from '@daytrade/errors';
import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { unwritable } from '../state-folder/unwritable.ts';
import { allMigrations } from './migrations/all-migrations.ts';
import { pendingMigrations, schemaVersion } from './schema-version.ts';
import type { Tables } from './tables.ts';

export interface MigrateOptions {
  /** How long to wait for a database that does not answer yet, and for another process that migrates it. */
  readonly waitSeconds: number;
}

/** What a migration did. */
export interface MigrationResult {
  /** Names of the migrations that this call applied, in order; empty when there was nothing to do. */
  readonly applied: readonly string[];
  /** The schema version after it. */
  readonly version: number;
}

/** Number of the advisory lock under which the tables are changed. */
const lockNumber = 4_871_093_215;
/** A statement that cannot have its table within this time gives up, so that it does not hold up those behind it. */
const lockTimeout = '10s';
const pauseMilliseconds = 250;
/** SQLSTATE of a disk without space. */
const diskFull = '53100';

/**
 * Brings the tables to the newest state, under a lock of the database: of two at once one migrates, and the other finds
 * it done. A database that a newer version of the platform has taken further is left as it is: migrations only add, so
 * it serves this version too.
 *
 * @example
 * const database = await openPostgresDatabase({ ...options, statementSeconds: 3600 });
 * const { applied, version } = await migrateDatabase(database.db, { waitSeconds: 60 });
 *
 * @throws DayTradeError `service.unavailable` when the database or its lock cannot be had in time;
 *   `dependency.refused` when it does not let us in; `state.damaged` when a migration fails
 */
export async function migrateDatabase(db: Kysely<Tables>, options: MigrateOptions): Promise<MigrationResult> {
  const deadline = AbortSignal.timeout(options.waitSeconds * 1000);
  for (;;) {
    try {
      const result = await migrateUnderLock(db);
      if (result !== undefined) return result;
      if (deadline.aborted) throw stillLocked(options.waitSeconds);
    } catch (error) {
      if (!(isDayTradeError(error) && error.retryable) || deadline.aborted) throw error;
    }
    await sleep(pauseMilliseconds);
  }
}

/** Undefined when another process holds the lock. */
async function migrateUnderLock(db: Kysely<Tables>): Promise<MigrationResult | undefined> {
  // The lock belongs to the connection, so everything happens on this one, and a process that dies gives it back.
  return await db.connection().execute(async (connection) => {
    const lock = await sql<{ taken: boolean }>`select pg_try_advisory_lock(${lockNumber}) as taken`.execute(connection);
    if (lock.rows[0]?.taken !== true) return undefined;
    try {
      return await applyPending(connection);
    } finally {
      await sql`select pg_advisory_unlock(${lockNumber})`.execute(connection);
    }
  });
}

async function applyPending(db: Kysely<Tables>): Promise<MigrationResult> {
  const applied = await pendingMigrations(db);
  if (applied.length > 0) {
    await sql`set lock_timeout = ${sql.lit(lockTimeout)}`.execute(db);
    const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...allMigrations }) } });
    const { error } = await migrator.migrateToLatest();
    await sql`reset lock_timeout`.execute(db);
    if (error !== undefined) throw migrationFailure(error);
  }
  return { applied, version: await schemaVersion(db) };
}

function migrationFailure(error: unknown): DayTradeError {
  if (isDayTradeError(error)) return error;
  if ((error as { readonly code?: string }).code === diskFull) return unwritable('the database', error);
  const { message } = asDayTradeError(error);
  return new DayTradeError('state.damaged', `the tables cannot be brought up to date: ${message}`, { cause: error });
}

function stillLocked(waitSeconds: number): DayTradeError {
  return new DayTradeError(
    'service.unavailable',
    `another process has been migrating the database for ${waitSeconds} seconds and more`,
    { details: { waitSeconds } },
  );
}
