import type { Migration } from 'kysely/migration';
import { varchar } from '../columns/column-types.ts';

/** The id of the request that asked for a run, which the log lines of both name; null for what the clock started. */
export const requestsOfRuns: Migration = {
  async up(db) {
    await db.schema.alterTable('runs').addColumn('requestId', varchar(128)).execute();
  },
};
