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
import type { SchemaMigrations } from './migrations.ts';
import type { TableName, Tables } from './tables.ts';

export type ColumnName<Table extends TableName> = keyof Tables[Table] & string;

export interface Page {
  readonly limit: number;
  /** Rows to skip first; default: none. */
  readonly offset?: number | undefined;
}

/**
 * The SQL that differs between databases, from `database/<name>/adapter.ts`. Repositories write everything else with
 * kysely.
 */
export interface DatabaseAdapter {
  readonly migrations: SchemaMigrations;
  hasTable(db: Kysely<Tables>, name: string): Promise<boolean>;
  /** Copies rows for backups; left out for a database with backups of its own. */
  readonly rowCopies?: RowCopies;
  /** Largest number of rows in one insert into any table: each value is a parameter, and their number is bounded. */
  readonly rowsPerInsert: number;

  /** Waits for the lock of this name, across all processes, and keeps it until the transaction ends. */
  lockInTransaction(transaction: Transaction<Tables>, name: string): Promise<void>;
  /**
   * Runs work under the lock of migrations; returns undefined at once if another process holds it. The death of a
   * process releases the lock.
   *
   * @param connection the only connection that the work uses
   */
  alone<Result>(connection: Kysely<Tables>, work: () => Promise<Result>): Promise<Result | undefined>;

  /** Inserts at most {@link rowsPerInsert} rows with distinct keys, or replaces the ones with the same keys. */
  upsert<Table extends TableName>(
    db: Kysely<Tables>,
    table: Table,
    rows: readonly InsertObject<Tables, Table>[],
    key: readonly ColumnName<Table>[],
  ): Promise<void>;
  /** Inserts those of some rows with distinct keys whose key is new. */
  insertMissing<Table extends TableName>(
    db: Kysely<Tables>,
    table: Table,
    rows: readonly InsertObject<Tables, Table>[],
    key: readonly ColumnName<Table>[],
  ): Promise<number>;
  /** Inserts a row and returns it; undefined when it violates a unique index of the table. */
  insertUnique<Table extends TableName>(
    db: Kysely<Tables>,
    table: Table,
    row: InsertObject<Tables, Table>,
  ): Promise<Selectable<Tables[Table]> | undefined>;
  returningRows<Table extends TableName>(
    update: UpdateQueryBuilder<Tables, Table, Table, UpdateResult>,
  ): UpdateQueryBuilder<Tables, Table, Table, Selectable<Tables[Table]>>;

  /** Limits an ordered query to a page. */
  page<DB, TB extends keyof DB, Row>(
    query: SelectQueryBuilder<DB, TB, Row>,
    page: Page,
  ): SelectQueryBuilder<DB, TB, Row>;
  /** True if a column has one of some values, which may be thousands. */
  isOneOf(column: string, values: readonly string[]): Expression<SqlBool>;
  /** True if a column begins with a literal text. */
  startsWith(column: string, text: string): Expression<SqlBool>;
  /** The clock of the database at the time of the statement. */
  readonly now: RawBuilder<string>;
  /** A field of a JSON column as text: a string without quotes. */
  jsonField(column: string, field: string): RawBuilder<string>;

  isDiskFull(error: unknown): boolean;
}

/** The part of a database that repositories use. */
export interface QueriedDatabase {
  readonly db: Kysely<Tables>;
  readonly adapter: DatabaseAdapter;
}

export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Copies rows between databases as text, without loss. */
export interface RowCopies {
  /** Runs work in one read-only snapshot. */
  snapshot<Result>(db: Kysely<Tables>, work: (transaction: Transaction<Tables>) => Promise<Result>): Promise<Result>;
  /** Lists all tables except those of objects and migrations, referenced tables first. */
  tables(db: Kysely<Tables>): Promise<readonly CopiedTable[]>;
  /** Reads the rows of a table as JSON objects, in batches, ordered by its key. */
  read(transaction: Transaction<Tables>, table: CopiedTable): AsyncIterable<readonly string[]>;
  /** Inserts rows, a JSON array of objects. */
  insert(db: Kysely<Tables>, table: CopiedTable, rows: string): Promise<void>;
  /** Continues the numbering of new rows after the existing ones. */
  continueNumbers(db: Kysely<Tables>, table: CopiedTable): Promise<void>;
}
