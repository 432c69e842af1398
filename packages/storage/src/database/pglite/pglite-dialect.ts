import { PGlite } from '@electric-sql/pglite';
import { PGliteDialect } from 'kysely';
import { valueParsers } from '../value-parsers.ts';

/**
 * Pages that the embedded PostgreSQL keeps in memory. Its default of 128 MB fills up over the days and never shrinks; the tables of one
 * installation are small, and what is read again comes from the system's own cache.
 */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=8MB'];

/** The embedded PostgreSQL for kysely, with dates and instants as text; in memory without a folder. */
export function pgliteDialect(folder?: string): PGliteDialect {
  const parsers = { ...valueParsers };
  const options = folder === undefined ? { parsers, startParams } : { parsers, startParams, dataDir: folder };
  return new PGliteDialect({ pglite: () => PGlite.create(options) });
}
