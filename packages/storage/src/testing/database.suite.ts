import { type Kysely, sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../database/database.ts';
import { migrateDatabase, neededSchemaVersion, pendingMigrations, schemaVersion } from '../database/migrations.ts';
import type { Tables } from '../database/tables.ts';
import { RunRepository } from '../repositories/run-repository.ts';
import { sampleRun } from './sample-records.ts';

/** Sets the time zone of a connection; null sets that of the server again. */
export type SetTimeZone = (connection: Kysely<Tables>, zone: string | null) => Promise<void>;

/** In PostgreSQL's words. */
export const setTimeZone: SetTimeZone = async (connection, zone) => {
  const statement = zone === null ? sql`reset time zone` : sql`set time zone ${sql.lit(zone)}`;
  await statement.execute(connection);
};

/** @param zoned undefined where a connection has no time zone */
export function databaseSuite(database: () => Database, zoned: SetTimeZone | undefined): void {
  describe('the database', () => {
    it('has all migrations, and keeps its version when they are asked for again', async () => {
      expect(await schemaVersion(database())).toBe(neededSchemaVersion);
      expect(await pendingMigrations(database())).toEqual([]);
      expect(await migrateDatabase(database(), { waitSeconds: 0 })).toEqual({
        applied: [],
        version: neededSchemaVersion,
      });
    });

    it('serves too when a newer version of the platform has taken it further, and says so', async () => {
      const { db } = database();
      const name = '9999-from-the-future';
      await sql`insert into kysely_migration (name, timestamp) values (${name}, '2030')`.execute(db);
      onTestFinished(async () => void (await sql`delete from kysely_migration where name = ${name}`.execute(db)));
      expect(await migrateDatabase(database(), { waitSeconds: 0 })).toEqual({ applied: [], version: 9999 });
    });

    if (zoned === undefined) return;

    it.each(['Asia/Kolkata', 'America/New_York'])('gives days and instants unchanged in time zone %s', async (zone) => {
      await database()
        .db.connection()
        .execute(async (db) => {
          await zoned(db, zone);
          onTestFinished(() => zoned(database().db, null));
          const run = sampleRun({ scheduledFor: '2026-03-08T07:30:00.250Z', startedAt: '2026-11-24T15:00:00.001Z' });
          const runs = new RunRepository({ ...database(), db });
          await runs.create(run);
          expect(await runs.find(run.id)).toEqual(run);
          await zoned(db, null);
        });
    });
  });
}
