import type { Settings } from '@daytrade/contracts';
import type { Database } from '@daytrade/storage';

/** A migration may take long on a large table. */
const statementSeconds = 3_600;

/** What a command does with a database; handed in, since only these commands load the drivers. */
type Schema = Pick<
  typeof import('@daytrade/storage'),
  'migrateDatabase' | 'neededSchemaVersion' | 'pendingMigrations' | 'schemaVersion'
>;

/** Opens the database of the settings for one command. @throws DayTradeError `settings.invalid` without one */
export async function withDatabase<Result>(
  settings: Settings,
  use: (database: Database, schema: Schema) => Promise<Result>,
): Promise<Result> {
  const { databaseOptions } = await import('@daytrade/service/host');
  const { EntraIdentity } = await import('@daytrade/service/entra');
  const { migrateDatabase, neededSchemaVersion, openServerDatabase, pendingMigrations, schemaVersion } = await import(
    '@daytrade/storage'
  );
  const identity = new EntraIdentity({ environment: process.env, now: Date.now });
  const database = await openServerDatabase({ ...databaseOptions(settings, identity), statementSeconds });
  try {
    return await use(database, { migrateDatabase, neededSchemaVersion, pendingMigrations, schemaVersion });
  } finally {
    await database.close();
  }
}
