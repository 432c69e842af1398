import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import type { Database } from '../database/database.ts';
import { DatabaseObjectStore } from '../objects/database-object-store.ts';
import { announcementRepositorySuite } from './announcement-repository.suite.ts';
import { databaseSuite, type SetTimeZone, setTimeZone } from './database.suite.ts';
import { emptyTables } from './empty-tables.ts';
import { evaluationRepositorySuite } from './evaluation-repository.suite.ts';
import { inDayPredictionRepositorySuite } from './in-day-prediction-repository.suite.ts';
import { indexRepositorySuite } from './index-repository.suite.ts';
import { judgedCloseRepositorySuite } from './judged-close-repository.suite.ts';
import { modelRegistrySuite } from './model-registry.suite.ts';
import { noticeRepositorySuite } from './notice-repository.suite.ts';
import { contendedObjectStoreSuite, objectStoreSuite } from './object-store.suite.ts';
import { paperEventRepositorySuite } from './paper-event-repository.suite.ts';
import { predictionRepositorySuite } from './prediction-repository.suite.ts';
import { priceFactorRepositorySuite } from './price-factor-repository.suite.ts';
import { quarantineRepositorySuite } from './quarantine-repository.suite.ts';
import { reportRepositorySuite } from './report-repository.suite.ts';
import { runRepositorySuite } from './run-repository.suite.ts';
import { scheduleRepositorySuite, sourceRepositorySuite } from './schedule-repository.suite.ts';
import { shareCountRepositorySuite } from './share-count-repository.suite.ts';
import { symbolRepositorySuite } from './symbol-repository.suite.ts';
import { uploadStoreSuite } from './upload-store.suite.ts';

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
    uploadStoreSuite('the database', async () => new DatabaseObjectStore(database));
    contendedObjectStoreSuite('the database', async () => [
      new DatabaseObjectStore(database),
      new DatabaseObjectStore(database),
    ]);
  });
}
