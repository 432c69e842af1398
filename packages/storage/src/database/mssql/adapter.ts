import { type Kysely, type Selectable, type SqlBool, sql, type UpdateQueryBuilder, type UpdateResult } from 'kysely';
import type { DatabaseAdapter } from '../database-adapter.ts';
import type { Tables } from '../tables.ts';
import type { TableName } from '../write-counter.ts';
import { releaseSessionLock, takeSessionLock, takeTransactionLock } from './connection/application-locks.ts';
import { diskFull, duplicateKey, errorNumber } from './connection/error-numbers.ts';
import { mergeMissing, mergeRow } from './connection/merge.ts';
import { mssqlSchema } from './schema.ts';

/** A statement that cannot have its table within this time gives up, so that it does not hold up those behind it. */
const lockTimeoutMs = 10_000;
const waitForEver = -1;

/** The forms of SQL Server from 2022 on, and of Azure SQL. It needs no driver. */
export const mssqlAdapter: DatabaseAdapter = {
  schema: mssqlSchema,
  // It takes 2,100 parameters, and no table has more than 20 columns.
  rowsPerInsert: 100,

  lockInTransaction: takeTransactionLock,
  async alone(connection, work) {
    if (!(await takeSessionLock(connection))) return undefined;
    try {
      return await work();
    } finally {
      await releaseSessionLock(connection);
    }
  },
  async waitingBriefly(connection, work) {
    // Without a parameter, so that it is a batch of its own: what is set within a procedure ends with it.
    await sql`set lock_timeout ${sql.lit(lockTimeoutMs)}`.execute(connection);
    try {
      return await work();
    } finally {
      await sql`set lock_timeout ${sql.lit(waitForEver)}`.execute(connection);
    }
  },

  async upsert(db, table, row, key) {
    await mergeRow(db, table, row, key);
  },
  async upsertMany(db, table, rows, key) {
    for (const row of rows) await mergeRow(db, table, row, key);
  },
  async insertMissing(db, table, rows, key) {
    return await mergeMissing(db, table, rows, key);
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
      // Of a statement that fails for this nothing stays, and the transaction goes on.
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
  // One parameter, however many values there are.
  isOneOf: (column, values) => {
    const value = sql.ref('value');
    const rows = sql`openjson(${JSON.stringify(values)}) with (${value} nvarchar(max) '$')`;
    return sql<SqlBool>`${sql.ref(column)} in (select ${value} ${collation} from ${rows})`;
  },
  startsWith: (column, text) => sql<SqlBool>`${sql.ref(column)} like ${`${literalPattern(text)}%`} escape '\\'`,
  textLength: (column) => sql<number>`len(${sql.ref(column)})`,
  now: sql<string>`sysdatetimeoffset()`,
  // json_value would give null for a text of more than 4,000 characters.
  jsonField: (column, field) => {
    const value = sql.ref('field');
    return sql<string>`(select ${value} from openjson(${sql.ref(column)}) with (${value} nvarchar(max) ${sql.lit(`$.${field}`)}))`;
  },
  jsonObject: (fields) => {
    const entries = Object.entries(fields).map(
      ([name, value]) =>
        sql`${sql.lit(name)}: ${typeof value === 'boolean' ? sql`cast(${sql.lit(Number(value))} as bit)` : value}`,
    );
    return sql`json_object(${sql.join(entries)})`;
  },
  // What it takes is looked at: two bytes for each UTF-16 code unit.
  jsonIsLonger: (column, bytes) => sql<SqlBool>`datalength(${sql.ref(column)}) > ${2 * bytes}`,

  isDiskFull: (error) => diskFull.has(errorNumber(error)),
};

/** What is read of JSON has the collation of the database, which is not that of the columns. */
const collation = sql.raw('collate Latin1_General_100_BIN2');

/** A text that LIKE takes as it stands. */
function literalPattern(text: string): string {
  return text.replace(/[\\%_[]/g, (character) => `\\${character}`);
}
