import { PGlite } from '@electric-sql/pglite';
import { type Dialect, PGliteDialect } from 'kysely';
import { engineOptions, type PGliteOptions } from './options.ts';

/** The embedded PostgreSQL for kysely. It starts with the first query. */
export function pgliteDialect(options: PGliteOptions): Dialect {
  return new PGliteDialect({ pglite: () => PGlite.create(engineOptions(options)) });
}
