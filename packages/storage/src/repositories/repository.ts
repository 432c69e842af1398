import { compareText } from '@daytrade/market';
import type { InsertObject, Kysely } from 'kysely';
import type { ColumnName, DatabaseAdapter, QueriedDatabase } from '../database/database-adapter.ts';
import type { TableName, Tables } from '../database/tables.ts';
import type { ObjectStore } from '../objects/object-store.ts';

type Row<Table extends TableName, Key extends string> = InsertObject<Tables, Table> & Readonly<Record<Key, unknown>>;

export abstract class Repository {
  protected readonly db: Kysely<Tables>;
  protected readonly adapter: DatabaseAdapter;

  constructor({ db, adapter }: QueriedDatabase) {
    this.db = db;
    this.adapter = adapter;
  }

  /**
   * Upserts rows with distinct keys, all or none.
   *
   * @param db default: a transaction of its own
   */
  protected async upsertRows<Table extends TableName, Key extends ColumnName<Table>>(
    table: Table,
    rows: readonly Row<Table, Key>[],
    key: readonly Key[],
    db = this.db,
  ): Promise<void> {
    await this.#inSlices(db, rows, key, (transaction, some) => this.adapter.upsert(transaction, table, some, key));
  }

  /** Inserts the rows with a new key, all or none. */
  protected async insertMissingRows<Table extends TableName, Key extends ColumnName<Table>>(
    table: Table,
    rows: readonly Row<Table, Key>[],
    key: readonly Key[],
  ): Promise<number> {
    let added = 0;
    await this.#inSlices(this.db, rows, key, async (db, some) => {
      added += await this.adapter.insertMissing(db, table, some, key);
    });
    return added;
  }

  /** Writes rows by key in slices of one statement each, in one transaction. */
  async #inSlices<Key extends string, Row extends Readonly<Record<Key, unknown>>>(
    db: Kysely<Tables>,
    rows: readonly Row[],
    key: readonly Key[],
    write: (db: Kysely<Tables>, some: readonly Row[]) => Promise<void>,
  ): Promise<void> {
    if (rows.length === 0) return;
    const sorted = inKeyOrder(rows, key);
    const work = async (transaction: Kysely<Tables>) => {
      for (let start = 0; start < sorted.length; start += this.adapter.rowsPerInsert) {
        await write(transaction, sorted.slice(start, start + this.adapter.rowsPerInsert));
      }
    };
    if (db.isTransaction) await work(db);
    else await db.transaction().execute(work);
  }
}

/** Queries of rows that name objects. An object is written before its row, so a listed one is whole. */
export abstract class ObjectRepository extends Repository {
  protected readonly objects: ObjectStore;

  constructor({ objects, ...database }: QueriedDatabase & { readonly objects: ObjectStore }) {
    super(database);
    this.objects = objects;
  }
}

/** Sorts rows by key, so that two processes that write the same rows cannot deadlock. */
function inKeyOrder<Key extends string, Row extends Readonly<Record<Key, unknown>>>(
  rows: readonly Row[],
  key: readonly Key[],
): readonly Row[] {
  const keyOf = (row: Row) => key.map((column) => row[column]).join(' ');
  return rows.toSorted((one, other) => compareText(keyOf(one), keyOf(other)));
}
