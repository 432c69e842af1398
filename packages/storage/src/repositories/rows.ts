import type { InsertObject } from 'kysely';
import type { ColumnName, QueriedDatabase } from '../database/database-adapter.ts';
import type { TableName, Tables } from '../database/tables.ts';

/** Upserts rows, all or none. */
export async function upsertRows<Table extends TableName, Key extends ColumnName<Table>>(
  { db, adapter }: QueriedDatabase,
  table: Table,
  rows: readonly (InsertObject<Tables, Table> & Readonly<Record<Key, unknown>>)[],
  key: readonly Key[],
): Promise<void> {
  if (rows.length === 0) return;
  const sorted = inKeyOrder(rows, key);
  await db.transaction().execute(async (transaction) => {
    for (const row of sorted) await adapter.upsert(transaction, table, row, key);
  });
}

/**
 * Inserts the rows with a new key, all or none.
 *
 * @returns the number of inserted rows
 */
export async function insertMissingRows<Table extends TableName, Key extends ColumnName<Table>>(
  { db, adapter }: QueriedDatabase,
  table: Table,
  rows: readonly (InsertObject<Tables, Table> & Readonly<Record<Key, unknown>>)[],
  key: readonly Key[],
): Promise<number> {
  const sorted = inKeyOrder(rows, key);
  return await db.transaction().execute(async (transaction) => {
    let added = 0;
    for (let start = 0; start < sorted.length; start += adapter.rowsPerInsert) {
      const some = sorted.slice(start, start + adapter.rowsPerInsert);
      added += await adapter.insertMissing(transaction, table, some, key);
    }
    return added;
  });
}

/** Sorts rows by key, so that two processes that write the same rows cannot deadlock. */
export function inKeyOrder<Key extends string, Row extends Readonly<Record<Key, unknown>>>(
  rows: readonly Row[],
  key: readonly Key[],
): readonly Row[] {
  const keyOf = (row: Row) => key.map((column) => row[column]).join(' ');
  return rows.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}
