import type { Settings } from '@daytrade/contracts';
import type { Database } from '@daytrade/storage';

/** A migration may take long on a large table. */
const statementSeconds = 3_600;

/** Opens the PostgreSQL of the settings for one command. @throws DayTradeError `settings.invalid` without one */
export async function withDatabase<Result>(
  settings: Settings,
  use: (database: Database, storage: typeof import('@daytrade/storage')) => Promise<Result>,
): Promise<Result> {
  const { databaseOptions } = await import('@daytrade/service-host');
  const storage = await import('@daytrade/storage');
  const database = await storage.openPostgresDatabase({ ...databaseOptions(settings), statementSeconds });
  try {
    return await use(database, storage);
  } finally {
    await database.close();
  }
}
