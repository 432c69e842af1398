import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../../tables.ts';

// A merge without holdlock looks for the row, and inserts it, in two steps between which another one may do the same.
// Its rows are counted by `WriteCounter`, which knows a merge by how its statement begins.

/** A row's values by its columns, as the caller has checked them. */
type Row = Readonly<Record<string, unknown>>;

/** Writes a row, new or in the place of the one with the same key. Its values stand where they are used: a column of
 * a derived table has the collation of the database, and could not be compared. */
export async function mergeRow(db: Kysely<Tables>, table: string, row: object, key: readonly string[]): Promise<void> {
  const values: Row = { ...row };
  const columns = Object.keys(values);
  const changed = columns.filter((column) => !key.includes(column));
  const same = key.map((column) => sql`${sql.ref(`${table}.${column}`)} = ${values[column]}`);
  const change = changed.map((column) => sql`${sql.ref(column)} = ${values[column]}`);
  await sql`merge into ${sql.table(table)} with (holdlock)
    using (select 1 as ${sql.ref('one')}) as ${sql.ref('source')} on ${and(same)}
    when matched then update set ${sql.join(change)}
    when not matched then insert (${refs(columns)})
    values (${sql.join(columns.map((column) => values[column]))});`.execute(db);
}

/**
 * Inserts the rows whose key is not there yet; of two with one key the first.
 * @returns how many those were
 */
export async function mergeMissing(
  db: Kysely<Tables>,
  table: string,
  rows: readonly object[],
  key: readonly string[],
): Promise<number> {
  const firsts = firstOfEach(rows, key);
  const [first] = firsts;
  if (first === undefined) return 0;
  const columns = Object.keys(first);
  const tuples = firsts.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
  const same = key.map((column) => sql`${sql.ref(`${table}.${column}`)} = ${sourceOf(column, first[column])}`);
  const { numAffectedRows = 0n } = await sql`merge into ${sql.table(table)} with (holdlock)
    using (values ${sql.join(tuples)}) as ${sql.ref('source')} (${refs(columns)}) on ${and(same)}
    when not matched then insert (${refs(columns)})
    values (${sql.join(columns.map((column) => sql.ref(`source.${column}`)))});`.execute(db);
  return Number(numAffectedRows);
}

/** Of rows with one key `merge` would insert every one, and fail. */
function firstOfEach(rows: readonly object[], key: readonly string[]): readonly Row[] {
  const byKey = new Map<string, Row>();
  for (const row of rows as readonly Row[]) {
    const place = JSON.stringify(key.map((column) => row[column]));
    if (!byKey.has(place)) byKey.set(place, row);
  }
  return [...byKey.values()];
}

/** A value of the rows, where it is text in the collation of the columns. */
function sourceOf(column: string, value: unknown): RawBuilder<unknown> {
  const source = sql.ref(`source.${column}`);
  return typeof value === 'string' ? sql`${source} collate Latin1_General_100_BIN2` : source;
}

function refs(columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(column)));
}

function and(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(conditions, sql` and `);
}
