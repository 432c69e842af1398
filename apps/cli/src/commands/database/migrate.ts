import type { CommandDefinition } from '../../define-command.ts';
import { wholeNumber } from '../../input.ts';
import { printResult } from '../../output/terminal.ts';
import { withDatabase } from './with-database.ts';

const longestWaitSeconds = 3_600;

export const databaseMigrateCommand: CommandDefinition = {
  usage: 'migrate',
  summary: 'update the tables of the database to what this version needs',
  description: `Applies the missing migrations to the database of DAYTRADE_DATABASE_HOST or DAYTRADE_DATABASE_URL, under
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
      printResult(terminal, json, { dryRun: true, pending }, () =>
        pending.length === 0 ? 'Nothing to apply.' : `Would apply:\n${pending.map((name) => `  ${name}`).join('\n')}`,
      );
      return;
    }
    const result = await withDatabase(settings, (database, { migrateDatabase }) =>
      migrateDatabase(database, { waitSeconds }),
    );
    printResult(terminal, json, result, () => {
      const { applied, version } = result;
      const done =
        applied.length === 0 ? 'Nothing to apply.' : `Applied:\n${applied.map((name) => `  ${name}`).join('\n')}`;
      return `${done}\nThe schema version is ${version}.`;
    });
  },
};
