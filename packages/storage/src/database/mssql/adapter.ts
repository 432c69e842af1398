import { hash } from 'node:crypto';
import { DayTradeError } from '@daytrade/errors';
import {
  type Kysely,
  type RawBuilder,
  type Selectable,
  type SqlBool,
  sql,
  type Transaction,
  type UpdateQueryBuilder,
  type UpdateResult,
} from 'kysely';
import type { DatabaseAdapter } from '../database-adapter.ts';
import type { TableName, Tables } from '../tables.ts';
import { diskFull, duplicateKey, errorNumber } from './errors.ts';
import { hasMssqlTable, mssqlMigrations } from './schema.ts';

const migrationLock = 'day-trade migration';

/** SQL of SQL Server 2022 and newer, and of Azure SQL. It needs no driver. */
export const mssqlAdapter: DatabaseAdapter = {
  migrations: mssqlMigrations,
  hasTable: hasMssqlTable,
  // The server takes 2,100 parameters, and no table has more than 20 columns.
  rowsPerInsert: 100,

  lockInTransaction: takeTransactionLock,
  async alone(connection, work) {
    // The server releases the lock when the connection ends.
    const take = sql`exec @taken = sp_getapplock @Resource = ${migrationLock}, @LockMode = 'Exclusive',
      @LockOwner = 'Session', @LockTimeout = 0`;
    if ((await answerOf(connection, take)) < 0) return undefined;
    try {
      return await work();
    } finally {
      await sql`exec sp_releaseapplock @Resource = ${migrationLock}, @LockOwner = 'Session'`.execute(connection);
    }
  },

  async upsert(db, table, rows, key) {
    for (const row of rows) await mergeRow(db, table, row, key);
  },
  // `merge` fails for two rows with the same key.
  async insertMissing(db, table, rows, key) {
    if (rows.length === 0) return 0;
    const { numAffectedRows = 0n } = await mergeOf(table, rows as readonly Row[], key, sql``).execute(db);
    return Number(numAffectedRows);
  },
  async insertUnique<Table extends TableName>(db: Kysely<Tables>, table: Table, row: object) {
    const anyTables = db as unknown as Kysely<Record<string, Record<string, unknown>>>;
    try {
      const inserted = await anyTables
        .insertInto(table)
        .outputAll('inserted')
        .values(row as Record<string, unknown>)
        .executeTakeFirst();
      return inserted as Selectable<Tables[Table]> | undefined;
    } catch (error) {
      // The failed statement leaves nothing behind, and the transaction continues.
      if (duplicateKey.has(errorNumber(error))) return undefined;
      throw error;
    }
  },
  returningRows<Table extends TableName>(update: UpdateQueryBuilder<Tables, Table, Table, UpdateResult>) {
    const anyTable = update as unknown as UpdateQueryBuilder<Tables, 'runs', 'runs', UpdateResult>;
    return anyTable.outputAll('inserted') as unknown as UpdateQueryBuilder<
      Tables,
      Table,
      Table,
      Selectable<Tables[Table]>
    >;
  },

  page: (query, { limit, offset = 0 }) => query.offset(offset).fetch(limit),
  // One parameter for any number of values.
  isOneOf: (column, values) => {
    const value = sql.ref('value');
    const rows = sql`openjson(${JSON.stringify(values)}) with (${value} nvarchar(max) '$')`;
    return sql<SqlBool>`${sql.ref(column)} in (select ${value} ${collation} from ${rows})`;
  },
  startsWith: (column, text) => sql<SqlBool>`${sql.ref(column)} like ${`${literalPattern(text)}%`} escape '\\'`,
  now: sql<string>`sysdatetimeoffset()`,
  // json_value would give null for a text of more than 4,000 characters.
  jsonField: (column, field) => {
    const value = sql.ref('field');
    return sql<string>`(select ${value} from openjson(${sql.ref(column)}) with (${value} nvarchar(max) ${sql.lit(`$.${field}`)}))`;
  },

  isDiskFull: (error) => diskFull.has(errorNumber(error)),
};

/** Values read from JSON have the database's collation, which differs from that of the columns. */
const collation = sql.raw('collate Latin1_General_100_BIN2');

function literalPattern(text: string): string {
  return text.replace(/[\\%_[]/g, (character) => `\\${character}`);
}

/** Waits for a lock and keeps it until the transaction ends; below 0, sp_getapplock has failed. */
async function takeTransactionLock(transaction: Transaction<Tables>, name: string): Promise<void> {
  const taken = await answerOf(
    transaction,
    sql`exec @taken = sp_getapplock @Resource = ${resourceOf(name)}, @LockMode = 'Exclusive',
      @LockOwner = 'Transaction', @LockTimeout = -1`,
  );
  if (taken >= 0) return;
  throw new DayTradeError('service.unavailable', `the database gave up waiting for a lock (${taken})`);
}

async function answerOf(db: Kysely<Tables>, call: RawBuilder<unknown>): Promise<number> {
  const answer = await sql<{
    taken: number;
  }>`declare @taken int; ${call}; select @taken as ${sql.ref('taken')}`.execute(db);
  return answer.rows[0]?.taken ?? 0;
}

/** Returns a name of fixed length; the procedure compares the first 255 characters only. */
function resourceOf(name: string): string {
  return hash('sha256', name);
}

// Without holdlock, another merge could insert the same row between this one's lookup and its insert. `WriteCounter`
// recognises a merge by the beginning of its statement.

/** A row's values by column, checked by the caller. */
type Row = Readonly<Record<string, unknown>>;

/** Inserts a row or replaces the one with the same key. Each value is sent once, since one may have megabytes. */
async function mergeRow(db: Kysely<Tables>, table: string, row: object, key: readonly string[]): Promise<void> {
  const values: Row = { ...row };
  const changed = Object.keys(values).filter((column) => !key.includes(column));
  const change = changed.map((column) => sql`${sql.ref(column)} = ${sourceOf(column)}`);
  await mergeOf(
    table,
    [values],
    key,
    sql`when matched then update set ${sql.join(change)}
    `,
  ).execute(db);
}

/** Returns a merge that inserts the rows with a new key. */
function mergeOf(
  table: string,
  rows: readonly Row[],
  key: readonly string[],
  whenMatched: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const first = rows[0] as Row;
  const columns = Object.keys(first);
  const tuples = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
  const same = key.map((column) => sql`${sql.ref(`${table}.${column}`)} = ${keyOf(column, first[column])}`);
  return sql`merge into ${sql.table(table)} with (holdlock)
    using (values ${sql.join(tuples)}) as ${sql.ref('source')} (${refs(columns)}) on ${sql.join(same, sql` and `)}
    ${whenMatched}when not matched then insert (${refs(columns)})
    values (${sql.join(columns.map(sourceOf))});`;
}

function sourceOf(column: string): RawBuilder<unknown> {
  return sql`${sql.ref(`source.${column}`)}`;
}

/** Returns a value for comparison: text in the collation of the columns. */
function keyOf(column: string, value: unknown): RawBuilder<unknown> {
  return typeof value === 'string' ? sql`${sourceOf(column)} ${collation}` : sourceOf(column);
}

function refs(columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(column)));
}
