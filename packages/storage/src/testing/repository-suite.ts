import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import type { Database } from '../database/database.ts';
import { DatabaseObjectStore } from '../objects/database-object-store.ts';
import { databaseSuite, type SetTimeZone, setTimeZone } from './database.suite.ts';
import { modelRegistrySuite } from './model-registry.suite.ts';
import { contendedObjectStoreSuite, objectStoreSuite } from './object-store.suite.ts';
import {
  inDayPredictionRepositorySuite,
  judgedCloseRepositorySuite,
  predictionRepositorySuite,
} from './prediction-repositories.suite.ts';
import { quarantineRepositorySuite } from './quarantine-repository.suite.ts';
import {
  evaluationRepositorySuite,
  noticeRepositorySuite,
  paperEventRepositorySuite,
  reportRepositorySuite,
} from './result-repositories.suite.ts';
import { runRepositorySuite, scheduleRepositorySuite, sourceRepositorySuite } from './run-repository.suite.ts';
import {
  announcementRepositorySuite,
  indexRepositorySuite,
  priceFactorRepositorySuite,
  shareCountRepositorySuite,
  symbolRepositorySuite,
} from './symbol-repositories.suite.ts';

/**
 * What every repository must do on a database, whichever engine it is.
 *
 * @param open gives one with all tables
 * @param zones how a connection's time zone is set; 'none' where it has none
 */
export function repositorySuite(
  engine: string,
  open: () => Promise<Database>,
  zones: SetTimeZone | 'none' = setTimeZone,
): void {
  describe(`repositories on ${engine}`, () => {
    let database: Database;
    beforeAll(async () => {
      database = await open();
    });
    beforeEach(() => emptyTables(database));
    afterAll(() => database.close());
    databaseSuite(() => database, zones === 'none' ? undefined : zones);
    symbolRepositorySuite(() => database);
    quarantineRepositorySuite(() => database);
    priceFactorRepositorySuite(() => database);
    shareCountRepositorySuite(() => database);
    announcementRepositorySuite(() => database);
    indexRepositorySuite(() => database);
    predictionRepositorySuite(() => database);
    inDayPredictionRepositorySuite(() => database);
    judgedCloseRepositorySuite(() => database);
    modelRegistrySuite(() => database);
    runRepositorySuite(() => database);
    scheduleRepositorySuite(() => database);
    sourceRepositorySuite(() => database);
    evaluationRepositorySuite(() => database);
    reportRepositorySuite(() => database);
    noticeRepositorySuite(() => database);
    paperEventRepositorySuite(() => database);
    objectStoreSuite('the database', async () => new DatabaseObjectStore(database));
    contendedObjectStoreSuite('the database', async () => [
      new DatabaseObjectStore(database),
      new DatabaseObjectStore(database),
    ]);
  });
}

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
