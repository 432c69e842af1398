import { type Kysely, sql } from 'kysely';
import { type ColumnTypes, earlierMigrations, firstSchema } from '../first-schema.ts';
import type { SchemaMigrations } from '../migrations.ts';
import { sourcesSchema } from '../sources-schema.ts';
import type { Tables } from '../tables.ts';

/** Binary comparison of text, as in PostgreSQL; the usual collation of a database ignores case. */
const collation = sql.raw('collate Latin1_General_100_BIN2');

const types: ColumnTypes = {
  text: sql`nvarchar(max) ${collation}`,
  indexedText: sql`nvarchar(255) ${collation}`,
  // The limit counts UTF-16 code units.
  varchar: (most) => sql`nvarchar(${sql.lit(most)}) ${collation}`,
  // One byte a character: a key of an index has 900 bytes at most.
  ascii: (most) => sql`varchar(${sql.lit(most)}) ${collation}`,
  bytes: sql`varbinary(max)`,
  // Text, parsed by the name of its column: see `jsonColumns`.
  json: sql`nvarchar(max)`,
  boolean: sql`bit`,
  no: 0,
  double: sql`float`,
  instant: sql`datetimeoffset(3)`,
  numbered: (column) => column.identity(),
};

/** JSON columns by table. SQL Server stores them as text, so they are listed here. */
export const jsonColumns: Readonly<Record<string, readonly string[]>> = {
  models: ['members'],
  runs: ['payload', 'progress', 'result', 'error', 'dependencies'],
  evaluations: ['report'],
  notices: ['notice'],
  paper_events: ['body'],
  sources: ['request'],
};

/** The migrations in SQL Server's types of columns. */
export const mssqlMigrations: SchemaMigrations = {
  '0001-first-schema': firstSchema(types, async (db) => {
    // A file's path may be longer than a key of an index.
    await db.schema.createIndex('quarantineByFile').on('quarantine').columns(['symbol']).execute();
  }),
  '0002-sources': sourcesSchema(types),
};

/** The migrations of earlier databases, in the same types. */
export const mssqlEarlierMigrations = earlierMigrations(types);

/** Returns true if the database has a table, by its name there. */
export async function hasMssqlTable(db: Kysely<Tables>, name: string): Promise<boolean> {
  const table = await sql<{ id: number | null }>`select object_id(${name}, 'U') as ${sql.ref('id')}`.execute(db);
  return (table.rows[0]?.id ?? null) !== null;
}
