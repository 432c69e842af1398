import type { Database } from '../database/database.ts';

/** In an order that no reference forbids. */
const tables = [
  'activations',
  'models',
  'predictions',
  'inDayPredictions',
  'judgedCloses',
  'quarantine',
  'priceFactors',
  'shareCounts',
  'announcements',
  'indexValues',
  'symbols',
  'runs',
  'runKeys',
  'schedules',
  'sources',
  'evaluations',
  'reports',
  'notices',
  'paperEvents',
  'objects',
] as const;

/** Removes every row, for tests that begin with nothing on a database that is open: an opened one costs far more. */
export async function emptyTables({ db }: Database): Promise<void> {
  await db.connection().execute(async (connection) => {
    for (const table of tables) await connection.deleteFrom(table).execute();
  });
}
