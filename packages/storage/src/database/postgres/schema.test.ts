import { type Kysely, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { lintMigration } from '../../testing/lint-migration.ts';
import { type MigrationName, migrationNames } from '../database-schema.ts';

const names: readonly MigrationName[] = migrationNames;

type Up = (db: Kysely<unknown>) => Promise<unknown>;

const breaking: Readonly<Record<string, Up>> = {
  'drops a table': (db) => db.schema.dropTable('quarantine').execute(),
  'drops a column': (db) => db.schema.alterTable('models').dropColumn('hitRate').execute(),
  'drops a column in short': (db) => sql`alter table models drop hit_rate`.execute(db),
  'drops the index on which "on conflict" rests': (db) => db.schema.dropIndex('runsUnfinished').execute(),
  'drops a constraint': (db) => sql`alter table predictions drop constraint predictions_key`.execute(db),
  'renames a table': (db) => db.schema.alterTable('runs').renameTo('jobs').execute(),
  'renames a column': (db) => db.schema.alterTable('runs').renameColumn('key', 'subject').execute(),
  'adds a column that must be filled': (db) =>
    db.schema
      .alterTable('runs')
      .addColumn('owner', 'text', (column) => column.notNull())
      .execute(),
  'makes a column one that must be filled': (db) =>
    db.schema
      .alterTable('symbols')
      .alterColumn('sector', (column) => column.setNotNull())
      .execute(),
  'changes a type': (db) =>
    db.schema
      .alterTable('symbols')
      .alterColumn('bars', (column) => column.setDataType('bigint'))
      .execute(),
  'adds a constraint': (db) => sql`ALTER TABLE runs ADD CONSTRAINT short CHECK (length(key) < 10)`.execute(db),
  'makes existing rows unique': (db) =>
    db.schema.createIndex('oneName').unique().on('symbols').columns(['name']).execute(),
  'removes rows': (db) => sql`truncate quarantine`.execute(db),
  'removes some rows': (db) => sql`delete from runs where status = 'failed'`.execute(db),
  'hides it behind something harmless': async (db) => {
    await db.schema.alterTable('runs').addColumn('owner', 'text').execute();
    await sql`
      alter table runs
        alter column trigger
        type varchar(8)`.execute(db);
  },
};

const adding: Readonly<Record<string, Up>> = {
  'a column that may be empty': (db) => db.schema.alterTable('runs').addColumn('owner', 'text').execute(),
  'a column with a default': (db) =>
    db.schema
      .alterTable('runs')
      .addColumn('lease', 'integer', (column) => column.notNull().defaultTo(0))
      .execute(),
  'a table with all that belongs to it': async (db) => {
    await db.schema
      .createTable('leases')
      .addColumn('run', 'text', (column) => column.primaryKey().references('runs.id'))
      .addColumn('until', 'timestamptz', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('leasesByUntil').unique().on('leases').columns(['until']).execute();
  },
  'an index': (db) => db.schema.createIndex('runsByStatus').on('runs').columns(['status']).execute(),
  'more room': (db) => sql`alter table symbols alter column sector drop not null`.execute(db),
};

describe('the linter of migrations', () => {
  const migrationOf = (up: Up) => ({ up: async (db: Kysely<unknown>) => void (await up(db)) });

  it.each(Object.entries(breaking))('finds one that %s', async (_, up) => {
    expect(await lintMigration('0009-bad', migrationOf(up), names)).toHaveLength(1);
  });

  it.each(Object.entries(adding))('lets one add %s', async (_, up) => {
    expect(await lintMigration('0009-good', migrationOf(up), names)).toEqual([]);
  });

  it('lets a contract step of an earlier migration take away, and only of one that exists', async () => {
    const step = { ...migrationOf(breaking['drops a column']!), contractOf: '0002-objects' };
    expect(await lintMigration('0009-contract', step, names)).toEqual([]);
    expect(await lintMigration('0002-objects', step, ['0001-first-tables'])).toHaveLength(1);
    expect(await lintMigration('0009-contract', { ...step, contractOf: '0008-none' }, names)).toHaveLength(1);
  });
});
