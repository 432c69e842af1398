import type { DatabaseAdapter } from '../database-adapter.ts';
import { postgresAdapter } from '../postgres/adapter.ts';
import { pgliteSchema } from './schema.ts';

/** PGlite is PostgreSQL itself, compiled to WebAssembly, and takes its forms. */
export const pgliteAdapter: DatabaseAdapter = { ...postgresAdapter, schema: pgliteSchema };
