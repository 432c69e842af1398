import { CamelCasePlugin, type Dialect, Kysely } from 'kysely';
import { migrate } from './migrate.ts';
import type { Tables } from './tables.ts';

/** The open database, whichever engine it is. */
export interface Database {
  readonly db: Kysely<Tables>;
  /** How many migrations it has; a service is ready when that is at least what it needs. */
  readonly schemaVersion: number;
  close(): Promise<void>;
}

/** Connects, brings the tables up to date, and maps names to camel case. @throws DayTradeError `state.damaged` */
export async function connectDatabase(dialect: Dialect): Promise<Database> {
  const db = new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })] });
  try {
    const schemaVersion = await migrate(db);
    return { db, schemaVersion, close: () => db.destroy() };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
