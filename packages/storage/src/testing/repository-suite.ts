import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import type { Database } from '../database/database.ts';
import { databaseSuite } from './database.suite.ts';
import { evaluationRepositorySuite } from './evaluation-repository.suite.ts';
import { modelRegistrySuite } from './model-registry.suite.ts';
import { predictionRepositorySuite } from './prediction-repository.suite.ts';
import { quarantineRepositorySuite } from './quarantine-repository.suite.ts';
import { runRepositorySuite } from './run-repository.suite.ts';
import { symbolRepositorySuite } from './symbol-repository.suite.ts';

/** What every repository must do on a database, whichever engine it is. `open` gives one with all tables. */
export function repositorySuite(engine: string, open: () => Promise<Database>): void {
  describe(`repositories on ${engine}`, () => {
    let database: Database;
    beforeAll(async () => {
      database = await open();
    });
    beforeEach(() => emptyTables(database));
    afterAll(() => database.close());
    const db = () => database.db;
    databaseSuite(() => database);
    symbolRepositorySuite(db);
    quarantineRepositorySuite(db);
    predictionRepositorySuite(db);
    modelRegistrySuite(db);
    runRepositorySuite(db);
    evaluationRepositorySuite(db);
  });
}

/** In an order that no reference forbids. */
const tables = ['activations', 'models', 'predictions', 'quarantine', 'symbols', 'runs', 'evaluations'] as const;

async function emptyTables({ db }: Database): Promise<void> {
  for (const table of tables) await db.deleteFrom(table).execute();
}
