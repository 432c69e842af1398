import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../database/database.ts';
import {
  migrateDatabase,
  migrationNames,
  neededSchemaVersion,
  pendingMigrations,
  schemaVersion,
} from '../database/migrations.ts';

/** A server of databases that the suite may stop. */
export interface MigratedServer {
  /** A new database, opened by two processes. */
  openTwice(): Promise<readonly [Database, Database]>;
  /** A new database, with a password that is wrong. */
  openRefused(): Promise<Database>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** What migrations must do on a server, whichever engine it is. */
export function migrationSuite(engine: string, server: () => MigratedServer): void {
  describe(`migrations on ${engine}`, () => {
    const openTwice = async () => {
      const databases = await server().openTwice();
      onTestFinished(async () => {
        for (const database of databases) await database.close();
      });
      return databases;
    };

    it('are not applied by opening a database and asking for its schema', async () => {
      const [database] = await openTwice();
      expect(await schemaVersion(database)).toBe(0);
      expect(await pendingMigrations(database)).toEqual(migrationNames);
      expect(await database.db.introspection.getTables()).toEqual([]);
    });

    it('are applied by one of two at once, and the other waits and finds it done', async () => {
      const databases = await openTwice();
      const results = await Promise.all(databases.map((database) => migrateDatabase(database, { waitSeconds: 20 })));
      expect(results.map(({ version }) => version)).toEqual([neededSchemaVersion, neededSchemaVersion]);
      expect(results.map(({ applied }) => applied.length).sort((a, b) => a - b)).toEqual([0, migrationNames.length]);
      const names = await sql`select name from kysely_migration order by name`.execute(databases[0].db);
      expect(names.rows).toEqual(migrationNames.map((name) => ({ name })));
    });

    it('wait no longer than they were told to for another process that migrates', async () => {
      const [one, other] = await openTwice();
      await one.db.connection().execute((connection) =>
        one.adapter.alone(connection, async () => {
          await expect(migrateDatabase(other, { waitSeconds: 1 })).rejects.toMatchObject({
            code: 'service.unavailable',
            message: expect.stringContaining('another process'),
          });
        }),
      );
      expect(await migrateDatabase(other, { waitSeconds: 0 })).toMatchObject({
        applied: { length: migrationNames.length },
      });
    });

    it('wait for a server that is not up yet, and take no refusal for that', async () => {
      const [database] = await openTwice();
      await server().stop();
      await expect(migrateDatabase(database, { waitSeconds: 0 })).rejects.toMatchObject({
        code: 'service.unavailable',
      });
      const migrated = migrateDatabase(database, { waitSeconds: 30 });
      await server().start();
      expect(await migrated).toMatchObject({ version: neededSchemaVersion });

      const refused = await server().openRefused();
      onTestFinished(() => refused.close());
      await expect(migrateDatabase(refused, { waitSeconds: 30 })).rejects.toMatchObject({ code: 'dependency.refused' });
    });

    it('leave the tables as they were when one fails, and say which', async () => {
      const [database] = await openTwice();
      await sql`create table evaluations (id integer)`.execute(database.db);
      await expect(migrateDatabase(database, { waitSeconds: 0 })).rejects.toMatchObject({
        code: 'state.damaged',
        message: expect.stringMatching(/"evaluations" already exists|already an object named 'evaluations'/),
      });
      expect(await schemaVersion(database)).toBe(0);
      expect((await database.db.introspection.getTables()).map(({ name }) => name)).toEqual(['evaluations']);
      await sql`drop table evaluations`.execute(database.db);
      expect(await migrateDatabase(database, { waitSeconds: 0 })).toMatchObject({ version: neededSchemaVersion });
    });
  });
}
