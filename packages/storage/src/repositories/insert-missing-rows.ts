import type { InsertObject } from 'kysely';
import type { ColumnName, QueriedDatabase } from '../database/database-adapter.ts';
import type { TableName, Tables } from '../database/tables.ts';
import { inKeyOrder } from './in-key-order.ts';

/**
 * Inserts those of any number of rows that a table does not have by their key, all or none.
 *
 * @returns how many those were
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
