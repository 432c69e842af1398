import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import {
  CamelCasePlugin,
  type Dialect,
  DummyDriver,
  Kysely,
  MssqlAdapter,
  MssqlIntrospector,
  MssqlQueryCompiler,
  PGliteDialect,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely';
import type { Migration } from 'kysely/migration';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SourceRepository } from '../repositories/source-repository.ts';
import { newDatabase } from '../testing/new-database.ts';
import { type Database, databaseOn } from './database.ts';
import { migrateDatabase, migrationNames, neededSchemaVersion, schemaVersion } from './migrations.ts';
import { jsonColumns, mssqlMigrations } from './mssql/schema.ts';
import { postgresAdapter } from './postgres/adapter.ts';
import { postgresMigrations, valueParsers } from './postgres/schema.ts';

/** Dialects that execute nothing. */
const postgres: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};
const mssql: Dialect = {
  createAdapter: () => new MssqlAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new MssqlIntrospector(db),
  createQueryCompiler: () => new MssqlQueryCompiler(),
};

/** Returns the SQL statements of a migration, in lower case. */
async function statementsOf(migration: Migration, dialect: Dialect): Promise<readonly string[]> {
  const statements: string[] = [];
  const db = new Kysely<unknown>({
    dialect,
    plugins: [new CamelCasePlugin()],
    log: ({ query }) => void statements.push(query.sql.replace(/\s+/g, ' ').toLowerCase()),
  });
  await migration.up(db);
  return statements;
}

/** SQL that breaks an older version of the platform on the same tables, during a rolling update. */
const breaking = [
  /\bdrop\s+(?:table|view|type|schema|index)\b/,
  /\balter\s+table\b.*\bdrop\s+(?!default|not\s+null|expression|identity)/,
  /\brename\b/,
  /\btruncate\b|\bdelete\s+from\b/,
  /\bset\s+not\s+null\b/,
  /\badd\s+constraint\b|\badd\s+(?:check|unique|foreign\s+key|primary\s+key)\b/,
  /\balter\s+column\s+\S+\s+(?!set\b|drop\b)|\bset\s+data\s+type\b/,
  /\balter\s+table\s+\S+\s+add\s+(?!constraint\b)(?!.*\bdefault\b).*\bnot\s+null\b/,
] as const;
const uniqueIndex = /\bcreate\s+unique\s+index\b.*?\bon\s+("?\w+"?)/;
const createdTable = /\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?("?\w+"?)/;

/** Returns the breaking statements; a unique index is one, except on a table of the same migration. */
function breakingStatements(statements: readonly string[]): readonly string[] {
  const created = new Set(statements.map((statement) => createdTable.exec(statement)?.[1]));
  return statements.filter((statement) => {
    const unique = uniqueIndex.exec(statement)?.[1];
    return breaking.some((pattern) => pattern.test(statement)) || (unique !== undefined && !created.has(unique));
  });
}

describe.each([
  ['postgres', postgresMigrations, postgres],
  ['mssql', mssqlMigrations, mssql],
] as const)('the migrations of %s', (_, migrations, dialect) => {
  it('are numbered without a gap, and only add', async () => {
    expect(Object.keys(migrations)).toEqual(migrationNames);
    expect(migrationNames.map((name) => Number(name.slice(0, 4)))).toEqual(
      migrationNames.map((__, index) => index + 1),
    );
    for (const name of migrationNames) {
      expect(breakingStatements(await statementsOf(migrations[name], dialect))).toEqual([]);
    }
  });
});

it.each([
  'alter table "models" drop column "hit_rate"',
  'alter table "runs" rename to "jobs"',
  'alter table "runs" add column "owner" text not null',
  'alter table runs alter column trigger type varchar(8)',
  'alter table "symbols" alter column "sector" set not null',
  'create unique index "one_name" on "symbols" ("name")',
  "delete from runs where status = 'failed'",
])('%s would break an older version', (statement) => {
  expect(breakingStatements([statement])).toEqual([statement]);
});

it('the JSON columns of PostgreSQL are those that SQL Server reads as JSON', async () => {
  const statements = await Promise.all(migrationNames.map((name) => statementsOf(postgresMigrations[name], postgres)));
  const found = statements.flat().flatMap((statement) => {
    const columns = [...statement.matchAll(/"(\w+)" json\b/g)].map(([, column]) => column);
    return columns.length === 0 ? [] : [[/^(?:create|alter) table "(\w+)"/.exec(statement)?.[1], columns]];
  });
  expect(jsonColumns).toEqual(Object.fromEntries(found));
});

describe('a database from before the first schema', { tags: ['long'] }, () => {
  /** The statement that ends the first sixteen migrations, which some databases have only. */
  const sixteenth = 'alter table "symbols" add column "asked_to" date';

  async function openEarlier(count: number): Promise<Database> {
    const pglite = () => PGlite.create({ parsers: { ...valueParsers } });
    const database = databaseOn(new PGliteDialect({ pglite }), postgresAdapter);
    onTestFinished(() => database.close());
    const statements = (await readFile(join(import.meta.dirname, 'earlier-schema.fixture.sql'), 'utf8')).split(';\n');
    const end = count === 16 ? statements.indexOf(sixteenth) + 1 : statements.length;
    for (const statement of statements.slice(0, end)) await sql.raw(statement).execute(database.db);
    await sql`create table kysely_migration (name text primary key, timestamp text not null)`.execute(database.db);
    await sql`create table kysely_migration_lock (id text primary key, is_locked integer not null)`.execute(
      database.db,
    );
    await sql`insert into kysely_migration_lock values ('migration_lock', 0)`.execute(database.db);
    const earlier = [...Array.from({ length: 15 }, (_, index) => `00${index + 10}-earlier`), '0016-asked-days'];
    for (const name of [...earlier, ...Object.keys(postgresAdapter.earlierMigrations)].slice(0, count)) {
      await sql`insert into kysely_migration values (${name}, '2026-12-01T00:00:00.000Z')`.execute(database.db);
    }
    return database;
  }

  /** Returns columns and indexes by table, without the tables that went. */
  async function shapeOf({ db }: Database): Promise<readonly unknown[]> {
    const columns = await sql`select table_name, column_name, data_type, character_maximum_length, is_nullable,
        column_default, is_identity
      from information_schema.columns where table_schema = 'public'
        and table_name not like 'kysely%' and table_name not like 'job%' order by table_name, column_name`.execute(db);
    const indexes = await sql`select indexdef from pg_indexes where schemaname = 'public'
      and tablename not like 'kysely%' and tablename not like 'job%' order by indexdef`.execute(db);
    return [...columns.rows, ...indexes.rows];
  }

  it.each([16, 20])('with %i migrations keeps its rows, and ends with the tables of a new one', async (count) => {
    const database = await openEarlier(count);
    expect(await schemaVersion(database)).toBe(count === 16 ? 0 : 1);
    await sql`insert into run_keys values ('fetch', 'a key', 'a run')`.execute(database.db);
    for (const [id, folder] of ['/first', '/second', '/first'].entries()) {
      await sql`insert into runs (id, job, key, trigger, status, attempt, max_attempts, payload, queued_at)
        values (${String(id)}, 'fetch', ${String(id)}, 'request', 'succeeded', 1, 1,
          ${JSON.stringify({ provider: 'csv', folder })}, ${`2026-11-2${id}T00:00:00Z`})`.execute(database.db);
    }
    expect(await migrateDatabase(database, { waitSeconds: 0 })).toEqual({
      applied: migrationNames.slice(count === 16 ? 0 : 1),
      version: neededSchemaVersion,
    });
    expect(await database.db.selectFrom('runKeys').selectAll().execute()).toHaveLength(1);
    expect(await new SourceRepository(database).list()).toEqual([
      { request: { provider: 'csv', folder: '/first' }, fetchedAt: '2026-11-22T00:00:00.000Z' },
      { request: { provider: 'csv', folder: '/second' }, fetchedAt: '2026-11-21T00:00:00.000Z' },
    ]);
    const fresh = await newDatabase();
    onTestFinished(() => fresh.close());
    expect(await shapeOf(database)).toEqual(await shapeOf(fresh));
  });
});
