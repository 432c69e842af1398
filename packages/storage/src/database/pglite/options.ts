import { type PGliteOptions as EngineOptions, PGlite } from '@electric-sql/pglite';
import { valueParsers } from '../postgres/schema.ts';

/** A database of the embedded PostgreSQL. */
export interface PGliteOptions {
  /** Absolute path; in memory when left out. */
  readonly folder?: string | undefined;
}

/**
 * Pages that the embedded PostgreSQL keeps in memory. Its default of 128 MB fills up over the days and never shrinks;
 * the tables of one installation are small, and what is read again comes from the system's own cache.
 */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=8MB'];

/** What the engine needs to know; it gives dates and instants as text. */
export function engineOptions({ folder }: PGliteOptions): EngineOptions {
  const options = { parsers: { ...valueParsers }, startParams };
  return folder === undefined ? options : { ...options, dataDir: folder };
}
