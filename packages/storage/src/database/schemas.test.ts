import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lintMigration, type MigratedDatabase, statementsOf } from '../testing/lint-migration.ts';
import { type DatabaseSchema, type MigrationName, migrationNames } from './database-schema.ts';
import { jsonColumns } from './mssql/columns/json-columns.ts';
import { mssqlSchema } from './mssql/schema.ts';
import { postgresSchema } from './postgres/schema.ts';

const names: readonly MigrationName[] = migrationNames;
const schemas: readonly (readonly [MigratedDatabase, DatabaseSchema])[] = [
  ['postgres', postgresSchema],
  ['mssql', mssqlSchema],
];

describe.each(schemas)('the migrations of %s', (database, { migrations }) => {
  it('are the files of the folder, numbered without a gap', () => {
    const files = readdirSync(join(import.meta.dirname, database, 'migrations'));
    expect(files.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual(names);
    expect(Object.keys(migrations)).toEqual(names);
    expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, index) => index + 1));
  });

  it.each(names)('%s only adds, or is the contract step of an earlier one', async (name) => {
    const earlier = names.slice(0, names.indexOf(name));
    expect(await lintMigration(name, migrations[name], earlier, database)).toEqual([]);
  });
});

it('what is JSON in PostgreSQL is read as JSON from SQL Server, and nothing else is', async () => {
  const statements = await Promise.all(names.map((name) => statementsOf(postgresSchema.migrations[name], 'postgres')));
  const found = new Map<string, string[]>();
  for (const statement of statements.flat()) {
    const table = /^(?:create|alter) table "(\w+)"/.exec(statement)?.[1] ?? '';
    const columns = [...statement.matchAll(/"(\w+)" json\b/g)].map(([, column]) => column as string);
    if (columns.length > 0) found.set(table, [...(found.get(table) ?? []), ...columns]);
  }
  expect(jsonColumns).toEqual(Object.fromEntries(found));
});
