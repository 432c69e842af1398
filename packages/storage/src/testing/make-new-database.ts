import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { engineOptions } from '../database/pglite/options.ts';

/** Lets the engine make a new database in an empty folder, as it does where no packed one is of its version. */
export async function makeNewDatabase(folder: string): Promise<void> {
  const engine = await PGlite.create(engineOptions({ folder }));
  await engine.close();
  await rm(join(folder, 'postmaster.pid'), { force: true });
}
