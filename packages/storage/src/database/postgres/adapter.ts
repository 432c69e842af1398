import { createHash } from 'node:crypto';
import { type Kysely, type Selectable, type SqlBool, sql, type UpdateQueryBuilder, type UpdateResult } from 'kysely';
import { DEFAULT_MIGRATION_LOCK_TABLE, DEFAULT_MIGRATION_TABLE } from 'kysely/migration';
import type { DatabaseAdapter, RowCopies } from '../database-adapter.ts';
import type { TableName, Tables } from '../tables.ts';
import { hasPostgresTable, postgresMigrations } from './schema.ts';

const migrationLock = 4_871_093_215;
/** SQLSTATE of a full disk. */
const diskFull = '53100';

const rowsAtOnce = 500;
const notCopied = ['objects', DEFAULT_MIGRATION_TABLE, DEFAULT_MIGRATION_LOCK_TABLE];

/** Copies rows as PostgreSQL's JSON, in which floating-point numbers and instants are exact. */
const postgresRowCopies: RowCopies = {
  snapshot: async (db, work) =>
    await db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),

  async tables(db) {
    const found = await sql<{ name: string; columns: string }>`
      select relname as name,
        (select json_agg(attname order by attnum)::text from pg_attribute
          where attrelid = pg_class.oid and attnum > 0 and not attisdropped) as columns
      from pg_class
      where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname not in (${sql.join(notCopied)})
      order by (select count(*) from pg_constraint where conrelid = pg_class.oid and contype = 'f'), relname`.execute(
      db,
    );
    return found.rows.map(({ name, columns }) => ({ name, columns: JSON.parse(columns) as string[] }));
  },

  async *read(transaction, { name }) {
    const key = await sql<{ column: string }>`
      select attname as "column" from pg_index
      join pg_attribute on attrelid = indrelid and attnum = any(indkey)
      where indrelid = ${`"${name}"`}::regclass and indisprimary
      order by array_position(indkey::int2[], attnum)`.execute(transaction);
    const order =
      key.rows.length === 0 ? sql`` : sql` order by ${sql.join(key.rows.map(({ column }) => sql.id(column)))}`;
    await sql`declare copied_rows no scroll cursor for
      select to_json(copied)::text as "row" from ${sql.id(name)} as copied${order}`.execute(transaction);
    for (;;) {
      const { rows } = await sql<{ row: string }>`fetch ${sql.lit(rowsAtOnce)} from copied_rows`.execute(transaction);
      if (rows.length === 0) break;
      yield rows.map(({ row }) => row);
    }
    await sql`close copied_rows`.execute(transaction);
  },

  async insert(db, { name, columns }, rows) {
    const listed = sql.join(columns.map((column) => sql.id(column)));
    await sql`insert into ${sql.id(name)} (${listed}) overriding system value
      select ${listed} from json_populate_recordset(null::${sql.id(name)}, ${rows}::json)`.execute(db);
  },

  async continueNumbers(db, { name, columns }) {
    for (const column of columns) {
      const found = await sql<{ sequence: string | null }>`
        select pg_get_serial_sequence(${`"${name}"`}, ${column}) as sequence`.execute(db);
      const sequence = found.rows[0]?.sequence;
      if (sequence === null || sequence === undefined) continue;
      await sql`select setval(${sequence}, max(${sql.id(column)})) from ${sql.id(name)}
        having max(${sql.id(column)}) is not null`.execute(db);
    }
  },
};

/** PostgreSQL's SQL, for its server and for PGlite. It needs no driver. */
export const postgresAdapter: DatabaseAdapter = {
  migrations: postgresMigrations,
  hasTable: hasPostgresTable,
  rowCopies: postgresRowCopies,
  // Far below the limit of 65,535 parameters.
  rowsPerInsert: 500,

  async lockInTransaction(transaction, name) {
    await sql`select pg_advisory_xact_lock(${lockNumberOf(name)}::bigint)`.execute(transaction);
  },
  async alone(connection, work) {
    // The lock belongs to the connection, so the death of a process releases it.
    const lock = await sql<{
      taken: boolean;
    }>`select pg_try_advisory_lock(${migrationLock}) as taken`.execute(connection);
    if (lock.rows[0]?.taken !== true) return undefined;
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(${migrationLock})`.execute(connection);
    }
  },

  async upsert(db, table, rows, key) {
    const [first] = rows;
    if (first === undefined) return;
    const keyColumns: readonly string[] = key;
    const changed = Object.keys(first).filter((column) => !keyColumns.includes(column));
    const change = Object.fromEntries(changed.map((column) => [column, sql.ref(`excluded.${column}`)]));
    await insertInto(db, table, rows)
      .onConflict((conflict) => conflict.columns(key).doUpdateSet(change))
      .execute();
  },
  async insertMissing(db, table, rows, key) {
    const result = await insertInto(db, table, rows)
      .onConflict((conflict) => conflict.columns(key).doNothing())
      .executeTakeFirst();
    return Number(result.numInsertedOrUpdatedRows ?? 0n);
  },
  async insertUnique<Table extends TableName>(db: Kysely<Tables>, table: Table, row: object) {
    const inserted = await insertInto(db, table, [row])
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    return inserted as Selectable<Tables[Table]> | undefined;
  },
  returningRows<Table extends TableName>(update: UpdateQueryBuilder<Tables, Table, Table, UpdateResult>) {
    return update.returningAll() as unknown as UpdateQueryBuilder<Tables, Table, Table, Selectable<Tables[Table]>>;
  },

  page: (query, { limit, offset }) => (offset === undefined ? query.limit(limit) : query.limit(limit).offset(offset)),
  isOneOf: (column, values) => sql<SqlBool>`${sql.ref(column)} in (${sql.join(values)})`,
  startsWith: (column, text) => sql<SqlBool>`${sql.ref(column)} like ${`${literalPattern(text)}%`}`,
  now: sql<string>`clock_timestamp()`,
  jsonField: (column, field) => sql<string>`${sql.ref(column)} ->> ${sql.lit(field)}`,

  isDiskFull: (error) => ((error ?? {}) as { readonly code?: unknown }).code === diskFull,
};

/** Inserts rows whose columns the caller has checked; kysely cannot type them for all tables at once. */
function insertInto(db: Kysely<Tables>, table: string, rows: readonly object[]) {
  const anyTables = db as unknown as Kysely<Record<string, Record<string, unknown>>>;
  return anyTables.insertInto(table).values(rows as readonly Record<string, unknown>[]);
}

/** Returns decimal text, since the number has 64 bits. */
function lockNumberOf(name: string): string {
  return createHash('sha256').update(name).digest().readBigInt64BE().toString();
}

function literalPattern(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}
