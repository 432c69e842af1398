import {
  CamelCasePlugin,
  type Dialect,
  DummyDriver,
  Kysely,
  MssqlAdapter,
  MssqlIntrospector,
  MssqlQueryCompiler,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type { Migration } from 'kysely/migration';
import { describe, expect, it } from 'vitest';
import { migrationNames } from './migrations.ts';
import { jsonColumns, mssqlMigrations } from './mssql/schema.ts';
import { postgresMigrations } from './postgres/schema.ts';

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
