import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../tables.ts';

// Without holdlock, another merge could insert the same row between this one's lookup and its insert. `WriteCounter`
// recognises a merge by the beginning of its statement.

/** A row's values by column, checked by the caller. */
type Row = Readonly<Record<string, unknown>>;

/** Inserts a row or replaces the one with the same key. Each value is sent once, since one may have megabytes. */
export async function mergeRow(db: Kysely<Tables>, table: string, row: object, key: readonly string[]): Promise<void> {
  const values: Row = { ...row };
  const changed = Object.keys(values).filter((column) => !key.includes(column));
  const change = changed.map((column) => sql`${sql.ref(column)} = ${sourceOf(column)}`);
  const whenMatched = sql`when matched then update set ${sql.join(change)}
    `;
  await mergeOf(table, [values], key, whenMatched).execute(db);
}

/**
 * Inserts the rows with a new key; the first of several with the same one.
 * @returns the number of inserted rows
 */
export async function mergeMissing(
  db: Kysely<Tables>,
  table: string,
  rows: readonly object[],
  key: readonly string[],
): Promise<number> {
  const [first, ...others] = firstOfEach(rows, key);
  if (first === undefined) return 0;
  const { numAffectedRows = 0n } = await mergeOf(table, [first, ...others], key, sql``).execute(db);
  return Number(numAffectedRows);
}

/** Returns a merge that inserts the rows with a new key. */
function mergeOf(
  table: string,
  rows: readonly [Row, ...Row[]],
  key: readonly string[],
  whenMatched: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const [first] = rows;
  const columns = Object.keys(first);
  const tuples = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
  const same = key.map((column) => sql`${sql.ref(`${table}.${column}`)} = ${keyOf(column, first[column])}`);
  return sql`merge into ${sql.table(table)} with (holdlock)
    using (values ${sql.join(tuples)}) as ${sql.ref('source')} (${refs(columns)}) on ${sql.join(same, sql` and `)}
    ${whenMatched}when not matched then insert (${refs(columns)})
    values (${sql.join(columns.map(sourceOf))});`;
}

/** Keeps the first row of each key; `merge` would insert all of them and fail. */
function firstOfEach(rows: readonly object[], key: readonly string[]): readonly Row[] {
  const byKey = new Map<string, Row>();
  for (const row of rows as readonly Row[]) {
    const place = JSON.stringify(key.map((column) => row[column]));
    if (!byKey.has(place)) byKey.set(place, row);
  }
  return [...byKey.values()];
}

function sourceOf(column: string): RawBuilder<unknown> {
  return sql`${sql.ref(`source.${column}`)}`;
}

/** Returns a value for comparison: text in the collation of the columns. */
function keyOf(column: string, value: unknown): RawBuilder<unknown> {
  return typeof value === 'string' ? sql`${sourceOf(column)} collate Latin1_General_100_BIN2` : sourceOf(column);
}

function refs(columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(column)));
}
