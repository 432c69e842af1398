import type { InsertObject, Kysely } from 'kysely';
import type { ColumnName, QueriedDatabase } from '../database/database-adapter.ts';
import type { TableName, Tables } from '../database/tables.ts';

type Row<Table extends TableName, Key extends string> = InsertObject<Tables, Table> & Readonly<Record<Key, unknown>>;

/** Upserts rows with distinct keys, all or none. */
export async function upsertRows<Table extends TableName, Key extends ColumnName<Table>>(
  database: QueriedDatabase,
  table: Table,
  rows: readonly Row<Table, Key>[],
  key: readonly Key[],
): Promise<void> {
  await inSlices(database, rows, key, (db, some) => database.adapter.upsert(db, table, some, key));
}

/**
 * Inserts the rows with a new key, all or none.
 *
 * @returns the number of inserted rows
 */
export async function insertMissingRows<Table extends TableName, Key extends ColumnName<Table>>(
  database: QueriedDatabase,
  table: Table,
  rows: readonly Row<Table, Key>[],
  key: readonly Key[],
): Promise<number> {
  let added = 0;
  await inSlices(database, rows, key, async (db, some) => {
    added += await database.adapter.insertMissing(db, table, some, key);
  });
  return added;
}

/** Writes rows by key in slices of one statement each, in one transaction. */
async function inSlices<Key extends string, Row extends Readonly<Record<Key, unknown>>>(
  { db, adapter }: QueriedDatabase,
  rows: readonly Row[],
  key: readonly Key[],
  write: (db: Kysely<Tables>, some: readonly Row[]) => Promise<void>,
): Promise<void> {
  if (rows.length === 0) return;
  const sorted = inKeyOrder(rows, key);
  const work = async (transaction: Kysely<Tables>) => {
    for (let start = 0; start < sorted.length; start += adapter.rowsPerInsert) {
      await write(transaction, sorted.slice(start, start + adapter.rowsPerInsert));
    }
  };
  if (db.isTransaction) await work(db);
  else await db.transaction().execute(work);
}

/** Sorts rows by key, so that two processes that write the same rows cannot deadlock. */
function inKeyOrder<Key extends string, Row extends Readonly<Record<Key, unknown>>>(
  rows: readonly Row[],
  key: readonly Key[],
): readonly Row[] {
  const keyOf = (row: Row) => key.map((column) => row[column]).join(' ');
  return rows.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}
