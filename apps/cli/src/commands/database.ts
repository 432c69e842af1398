import type { Settings } from '@daytrade/contracts';
import type { Database } from '@daytrade/storage';
import type { CommandDefinition, CommandGroup } from '../define-command.ts';
import { wholeNumber } from '../input.ts';
import { say } from '../language/language.ts';
import { printResult } from '../output/terminal.ts';

const longestWaitSeconds = 3_600;

const migrate: CommandDefinition = {
  usage: 'migrate',
  summary: 'update the tables of the database to what this version needs',
  description: `Applies the missing migrations to the database of DAYTRADE_DATABASE_URL, under
a lock: of two at once, one migrates and the other finds it done. Running it again changes nothing. Migrations only add,
so the previous version keeps serving while and after they run; roll back the program, never the tables.

Services never migrate: they are ready when the tables are at least as new as they need. With --wait-seconds it waits
for a database that does not answer yet, or for another process that is migrating.`,
  examples: [
    'daytrade database migrate',
    'daytrade database migrate --dry-run',
    'daytrade database migrate --wait-seconds 120 --json',
  ],
  configure: (command) =>
    command
      .option('--dry-run', 'show what would be applied, and change nothing')
      .option('--wait-seconds <seconds>', 'how long to wait for the database or for another migration', '0'),
  run: async ({ settings, terminal, json }, { options }) => {
    const waitSeconds = wholeNumber(options.waitSeconds, '--wait-seconds', { min: 0, max: longestWaitSeconds });
    if (options.dryRun === true) {
      const pending = await withDatabase(settings, (database, { pendingMigrations }) => pendingMigrations(database));
      printResult({ terminal, json }, { dryRun: true, pending }, () => listed(say`Would apply:`, pending));
      return;
    }
    const result = await withDatabase(settings, (database, { migrateDatabase }) =>
      migrateDatabase(database, { waitSeconds }),
    );
    const { applied, version } = result;
    printResult({ terminal, json }, result, () =>
      [listed(say`Applied:`, applied), say`The schema version is ${version}.`].join('\n'),
    );
  },
};

function listed(title: string, migrations: readonly string[]): string {
  return migrations.length === 0
    ? say`Nothing to apply.`
    : [title, ...migrations.map((name) => `  ${name}`)].join('\n');
}

/** A migration may take long on a large table. */
const statementSeconds = 3_600;

/** Functions of the database package, which only these commands load. */
type Schema = Pick<typeof import('@daytrade/storage'), 'migrateDatabase' | 'pendingMigrations'>;

/** Opens the database of the settings for one command. @throws DayTradeError `settings.invalid` without one */
async function withDatabase<Result>(
  settings: Settings,
  use: (database: Database, schema: Schema) => Promise<Result>,
): Promise<Result> {
  const { databaseOptions } = await import('@daytrade/service/host');
  const { EntraIdentity } = await import('@daytrade/service/entra');
  const { migrateDatabase, openServerDatabase, pendingMigrations } = await import('@daytrade/storage');
  const identity = new EntraIdentity({ environment: process.env });
  const database = await openServerDatabase({ ...databaseOptions(settings, identity), statementSeconds });
  try {
    return await use(database, { migrateDatabase, pendingMigrations });
  } finally {
    await database.close();
  }
}

export const databaseGroup: CommandGroup = {
  name: 'database',
  summary: 'the database of a cluster',
  commands: [migrate],
};
