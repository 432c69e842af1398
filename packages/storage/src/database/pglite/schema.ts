import type { DatabaseSchema } from '../database-schema.ts';
import { postgresSchema } from '../postgres/schema.ts';

/** The tables in PostgreSQL's types of columns, which a dump takes from the one to the other. */
export const pgliteSchema: DatabaseSchema = postgresSchema;
