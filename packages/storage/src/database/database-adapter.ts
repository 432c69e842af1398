import type {
  Expression,
  InsertObject,
  Kysely,
  RawBuilder,
  Selectable,
  SelectQueryBuilder,
  SqlBool,
  Transaction,
  UpdateQueryBuilder,
  UpdateResult,
} from 'kysely';
import type { DatabaseSchema } from './database-schema.ts';
import type { RowCopies } from './row-copies.ts';
import type { Tables } from './tables.ts';
import type { TableName } from './write-counter.ts';

/** A column of a table, by its name in camel case. */
export type ColumnName<Table extends TableName> = keyof Tables[Table] & string;

/** Which of the rows of a query to give. */
export interface Page {
  /** Most rows. */
  readonly limit: number;
  /** Rows to pass over first; none when left out. */
  readonly offset?: number | undefined;
}

/**
 * What differs between databases. Repositories write their queries with kysely, in forms that every database has, and
 * ask the adapter for the others; `database/<name>/adapter.ts` gives them.
 *
 * @example
 * await adapter.upsert(db, 'symbols', row, ['symbol']);
 * const runs = db.selectFrom('runs').selectAll().orderBy('queuedAt', 'desc');
 * const newest = await adapter.page(runs, { limit: 1 }).execute();
 */
export interface DatabaseAdapter {
  readonly schema: DatabaseSchema;
  /** How backups copy rows; a database without it is backed up by its own means. */
  readonly rowCopies?: RowCopies;
  /** Rows that one insert may have, whatever the table: each value is a parameter, and their number is bounded. */
  readonly rowsPerInsert: number;

  /**
   * Waits until no other transaction holds the lock of this name, in any process, and keeps it until the transaction
   * ends.
   */
  lockInTransaction(transaction: Transaction<Tables>, name: string): Promise<void>;
  /**
   * Runs work while no other process that uses the database does, without waiting: undefined when one does. A process
   * that dies lets the next one in.
   *
   * @param connection one connection, of which everything within uses no other
   */
  alone<Result>(connection: Kysely<Tables>, work: () => Promise<Result>): Promise<Result | undefined>;
  /**
   * Runs work on one connection so that a statement that cannot have its table soon gives up, not holding up others.
   */
  waitingBriefly<Result>(connection: Kysely<Tables>, work: () => Promise<Result>): Promise<Result>;

  /** Writes a row: a new one, or in the place of the one with the same key. */
  upsert<Table extends TableName>(
    db: Kysely<Tables>,
    table: Table,
    row: InsertObject<Tables, Table>,
    key: readonly ColumnName<Table>[],
  ): Promise<void>;
  /** As {@link upsert}, for at most {@link rowsPerInsert} rows, no two of which have the same key. */
  upsertMany<Table extends TableName>(
    db: Kysely<Tables>,
    table: Table,
    rows: readonly InsertObject<Tables, Table>[],
    key: readonly ColumnName<Table>[],
  ): Promise<void>;
  /**
   * Inserts the rows whose key is not there yet.
   *
   * @returns how many those were
   */
  insertMissing<Table extends TableName>(
    db: Kysely<Tables>,
    table: Table,
    rows: readonly InsertObject<Tables, Table>[],
    key: readonly ColumnName<Table>[],
  ): Promise<number>;
  /** Inserts a row and gives it back; undefined when any unique index of the table has it already. */
  insertUnique<Table extends TableName>(
    db: Kysely<Tables>,
    table: Table,
    row: InsertObject<Tables, Table>,
  ): Promise<Selectable<Tables[Table]> | undefined>;
  /** The update, which then gives the rows as they are after it. */
  returningRows<Table extends TableName>(
    update: UpdateQueryBuilder<Tables, Table, Table, UpdateResult>,
  ): UpdateQueryBuilder<Tables, Table, Table, Selectable<Tables[Table]>>;

  /** Some of the rows of an ordered query. */
  page<DB, TB extends keyof DB, Row>(
    query: SelectQueryBuilder<DB, TB, Row>,
    page: Page,
  ): SelectQueryBuilder<DB, TB, Row>;
  /** True where a column is one of some values, which may be as many as there are symbols on the exchange. */
  isOneOf(column: string, values: readonly string[]): Expression<SqlBool>;
  /** True where a column begins with a text, which is taken as it stands. */
  startsWith(column: string, text: string): Expression<SqlBool>;
  /** How many characters the text of a column has. */
  textLength(column: string): RawBuilder<number>;
  /** The clock of the database, at the moment of the statement. */
  readonly now: RawBuilder<string>;
  /** A field of a JSON column as text: a string without quotes. */
  jsonField(column: string, field: string): RawBuilder<string>;
  /** A JSON object of some values. */
  jsonObject(fields: Readonly<Record<string, boolean | Expression<unknown>>>): RawBuilder<unknown>;
  /** True where the JSON of a column has more bytes; what it takes in the table is looked at before it is read. */
  jsonIsLonger(column: string, bytes: number): Expression<SqlBool>;

  /** True for an error that says that the disk of the database is full. */
  isDiskFull(error: unknown): boolean;
}

/** What repositories need of a database. */
export interface QueriedDatabase {
  readonly db: Kysely<Tables>;
  readonly adapter: DatabaseAdapter;
}
