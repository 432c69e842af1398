import type { InsertObject } from 'kysely';
import type { ColumnName, QueriedDatabase } from '../database/database-adapter.ts';
import type { TableName, Tables } from '../database/tables.ts';
import { inKeyOrder } from './in-key-order.ts';

/** Writes rows, all or none: each a new one, or in the place of the one with the same key. */
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
