import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../../tables.ts';

// A merge without holdlock looks for the row, and inserts it, in two steps between which another one may do the same.
// Its rows are counted by `WriteCounter`, which knows a merge by how its statement begins.

/** A row's values by its columns, as the caller has checked them. */
type Row = Readonly<Record<string, unknown>>;

/** Writes a row, new or in the place of the one with the same key. Each value is sent once: one may be of megabytes. */
export async function mergeRow(db: Kysely<Tables>, table: string, row: object, key: readonly string[]): Promise<void> {
  const values: Row = { ...row };
  const changed = Object.keys(values).filter((column) => !key.includes(column));
  const change = changed.map((column) => sql`${sql.ref(column)} = ${sourceOf(column)}`);
  const whenMatched = sql`when matched then update set ${sql.join(change)}
    `;
  await mergeOf(table, [values], key, whenMatched).execute(db);
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
  const [first, ...others] = firstOfEach(rows, key);
  if (first === undefined) return 0;
  const { numAffectedRows = 0n } = await mergeOf(table, [first, ...others], key, sql``).execute(db);
  return Number(numAffectedRows);
}

/** A merge of rows that inserts those whose key is not there yet. */
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

/** Of rows with one key `merge` would insert every one, and fail. */
function firstOfEach(rows: readonly object[], key: readonly string[]): readonly Row[] {
  const byKey = new Map<string, Row>();
  for (const row of rows as readonly Row[]) {
    const place = JSON.stringify(key.map((column) => row[column]));
    if (!byKey.has(place)) byKey.set(place, row);
  }
  return [...byKey.values()];
}

/** A value of the rows. */
function sourceOf(column: string): RawBuilder<unknown> {
  return sql`${sql.ref(`source.${column}`)}`;
}

/** One to be compared: text in the collation of the columns. */
function keyOf(column: string, value: unknown): RawBuilder<unknown> {
  return typeof value === 'string' ? sql`${sourceOf(column)} collate Latin1_General_100_BIN2` : sourceOf(column);
}

function refs(columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(column)));
}
