import { CamelCasePlugin, type Dialect, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** The open database, whichever engine it is. */
export interface Database {
  readonly db: Kysely<Tables>;
  close(): Promise<void>;
}

/** The tables on an engine, names mapped to camel case. Asks nothing of the engine yet, and migrates nothing. */
export function databaseOn(dialect: Dialect): Database {
  const db = new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })] });
  return { db, close: () => db.destroy() };
}
