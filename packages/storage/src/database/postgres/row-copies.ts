import { sql } from 'kysely';
import { DEFAULT_MIGRATION_LOCK_TABLE, DEFAULT_MIGRATION_TABLE } from 'kysely/migration';
import type { RowCopies } from '../database-adapter.ts';

const rowsAtOnce = 500;
/** Tables without a copy: objects are copied as files, and nothing reads the job tables of the earlier migrations. */
const notCopied = ['objects', 'job_settings', 'job_changes', DEFAULT_MIGRATION_TABLE, DEFAULT_MIGRATION_LOCK_TABLE];

/** Copies rows as PostgreSQL's JSON, in which floating-point numbers and instants are exact. */
export const postgresRowCopies: RowCopies = {
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
