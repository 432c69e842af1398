import { CamelCasePlugin, type Dialect, Kysely } from 'kysely';
import type { DatabaseAdapter, QueriedDatabase } from './database-adapter.ts';
import type { Tables } from './tables.ts';
import { type TableWrites, WriteCounter } from './write-counter.ts';

/** The open database, whichever engine it is. */
export interface Database extends QueriedDatabase {
  readonly writes: TableWrites;
  close(): Promise<void>;
}

/** The tables on an engine, names mapped to camel case. Asks nothing of the engine yet, and migrates nothing. */
export function databaseOn(dialect: Dialect, adapter: DatabaseAdapter): Database {
  const writes = new WriteCounter();
  const plugins = [writes, new CamelCasePlugin({ maintainNestedObjectKeys: true })];
  const db = new Kysely<Tables>({ dialect, plugins });
  return { db, adapter, writes, close: () => db.destroy() };
}
