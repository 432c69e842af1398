import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** A table whose rows are copied, by the names that it has in the database. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Rows as text that holds every value exactly, out of a database and into another. */
export interface RowCopies {
  /** Runs work in one transaction that sees the database as it was at one moment. */
  snapshot<Result>(db: Kysely<Tables>, work: (transaction: Transaction<Tables>) => Promise<Result>): Promise<Result>;
  /** All tables but those of objects and of migrations; one that refers to others comes after them. */
  tables(db: Kysely<Tables>): Promise<readonly CopiedTable[]>;
  /** The rows of a table as JSON objects, some at a time, in the order of its key. */
  read(transaction: Transaction<Tables>, table: CopiedTable): AsyncIterable<readonly string[]>;
  /** Inserts rows. @param rows a JSON array of objects */
  insert(db: Kysely<Tables>, table: CopiedTable, rows: string): Promise<void>;
  /** Lets the numbers that the database gives to new rows go on after those that are there. */
  continueNumbers(db: Kysely<Tables>, table: CopiedTable): Promise<void>;
}
