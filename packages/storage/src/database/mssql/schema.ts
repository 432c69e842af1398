import { type Kysely, sql } from 'kysely';
import { schemaMigrations } from '../schema.ts';
import type { Tables } from '../tables.ts';

/** Binary comparison of text, as in PostgreSQL; the usual collation of a database ignores case. */
const collation = 'collate Latin1_General_100_BIN2';

/** Types of columns by those of PostgreSQL. JSON is text, parsed by the name of its column: see `jsonColumns`. */
const types: Readonly<Record<string, string>> = {
  text: `nvarchar(max) ${collation}`,
  bytea: 'varbinary(max)',
  json: 'nvarchar(max)',
  'boolean default false': 'bit default 0',
  boolean: 'bit',
  'double precision': 'float',
  timestamptz: 'datetimeoffset(3)',
  'generated always as identity': 'identity',
};
const named = new RegExp(`\\b(?:${Object.keys(types).join('|')})\\b`, 'g');

function translate(statement: string): string {
  return (
    statement
      // The key of an index has a bounded length.
      .replace('"symbol" text', '"symbol" varchar(255)')
      .replace(named, (type) => types[type]!)
      // Limits count UTF-16 code units; ASCII has one byte a character, and a key of an index has 900 bytes at most.
      .replace(/\bvarchar(\(\d+\))( collate "C")?/g, (_, length: string, ascii?: string) => {
        return `${ascii === undefined ? 'nvarchar' : 'varchar'}${length} ${collation}`;
      })
  );
}

/** JSON columns by table. SQL Server stores them as text, so they are listed here. */
export const jsonColumns: Readonly<Record<string, readonly string[]>> = {
  models: ['members'],
  runs: ['payload', 'progress', 'result', 'error', 'dependencies'],
  evaluations: ['report'],
  notices: ['notice'],
  paper_events: ['body'],
  sources: ['request'],
};

/** The path of a file may be longer than a key of an index. */
export const mssqlMigrations = schemaMigrations(
  'create index "quarantine_by_file" on "quarantine" ("symbol")',
  translate,
);

export async function hasMssqlTable(db: Kysely<Tables>, name: string): Promise<boolean> {
  const table = await sql<{ id: number | null }>`select object_id(${name}, 'U') as ${sql.ref('id')}`.execute(db);
  return (table.rows[0]?.id ?? null) !== null;
}
