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
import type { TableMigration } from '../database/database-schema.ts';
import { migrationNumber } from '../database/schema-version.ts';

/**
 * What a migration must not do while an older version of the platform uses the same tables, by how its SQL shows it.
 */
const rules = [
  [/\bdrop\s+(?:table|view|type|schema|index)\b/, 'takes away what an older version uses'],
  [/\balter\s+table\b.*\bdrop\s+(?!default|not\s+null|expression|identity)/, 'takes away what an older version uses'],
  [/\brename\b/, 'takes away a name that an older version uses'],
  [/\btruncate\b|\bdelete\s+from\b/, 'takes away rows'],
  [/\bset\s+not\s+null\b/, 'refuses rows that an older version writes'],
  [
    /\badd\s+constraint\b|\badd\s+(?:check|unique|foreign\s+key|primary\s+key)\b/,
    'refuses rows that an older version writes',
  ],
  [/\balter\s+column\s+\S+\s+(?!set\b|drop\b)|\bset\s+data\s+type\b/, 'changes the type of a column'],
  [
    /\balter\s+table\s+\S+\s+add\s+(?!constraint\b)(?!.*\bdefault\b).*\bnot\s+null\b/,
    'adds a column that an older version does not fill, without a default',
  ],
] as const satisfies readonly (readonly [RegExp, string])[];

/** Dialects that execute nothing. */
const dialects = {
  postgres: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (ofDb) => new PostgresIntrospector(ofDb),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  mssql: {
    createAdapter: () => new MssqlAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (ofDb) => new MssqlIntrospector(ofDb),
    createQueryCompiler: () => new MssqlQueryCompiler(),
  },
} as const satisfies Record<string, Dialect>;

/** A database by the folder of its migrations. */
export type MigratedDatabase = keyof typeof dialects;

/** Only a unique index of a table that the same migration makes cannot refuse an older version's rows. */
const uniqueIndex = /\bcreate\s+unique\s+index\b.*?\bon\s+("?\w+"?)/;
const createdTable = /\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?("?\w+"?)/;

/**
 * What of a migration is not expand-and-contract, one line each; empty when all is. A migration that says of which
 * earlier one it is the contract step may take away.
 *
 * @param earlier names of the migrations before it
 */
export async function lintMigration(
  name: string,
  migration: TableMigration,
  earlier: readonly string[],
  database: MigratedDatabase = 'postgres',
): Promise<readonly string[]> {
  const { contractOf } = migration;
  if (contractOf !== undefined) {
    const known = earlier.includes(contractOf) && migrationNumber(contractOf) < migrationNumber(name);
    return known ? [] : [`${name}: contractOf names no earlier migration: ${contractOf}`];
  }
  const statements = await statementsOf(migration, database);
  const made = new Set(statements.map((statement) => createdTable.exec(statement)?.[1]));
  return statements.flatMap((statement) => {
    const broken: string[] = rules.filter(([pattern]) => pattern.test(statement)).map(([, reason]) => reason);
    const unique = uniqueIndex.exec(statement)?.[1];
    if (unique !== undefined && !made.has(unique)) broken.push('refuses rows that an older version writes');
    return broken.map((reason) => `${name}: ${reason}: ${statement}`);
  });
}

/** The SQL of a migration, in lower case and on one line each, without a database. */
export async function statementsOf(migration: TableMigration, database: MigratedDatabase): Promise<readonly string[]> {
  const statements: string[] = [];
  const db = new Kysely<unknown>({
    dialect: dialects[database],
    plugins: [new CamelCasePlugin()],
    log: ({ query }) => void statements.push(query.sql.replace(/\s+/g, ' ').toLowerCase()),
  });
  await migration.up(db);
  return statements;
}
