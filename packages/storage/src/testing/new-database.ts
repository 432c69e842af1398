import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../database/database.ts';
import { openPGliteDatabase } from '../database/pglite/open.ts';
import { newState } from './new-state.ts';

/** Opens a new embedded database with all tables, for tests: a copy as in {@link newState}, gone when it is closed. */
export async function newDatabase(): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'daytrade-database-'));
  const database = await openPGliteDatabase(join(await newState(join(folder, 'state')), 'database'));
  return {
    ...database,
    close: async () => {
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}
