import type { CommandDefinition } from '../../define-command.ts';
import { printResult } from '../../output/terminal.ts';
import { programName } from '../../program-name.ts';
import { withDatabase } from './with-database.ts';

const notReady = 3;

export const databaseStatusCommand: CommandDefinition = {
  usage: 'status',
  summary: 'show the schema version of the database and what this version needs',
  description: `Asks the database of DAYTRADE_DATABASE_HOST or DAYTRADE_DATABASE_URL for its schema version. Ends with 0
when it is at least what this version needs, and with 3 when \`daytrade database migrate\` has to run first.`,
  examples: ['daytrade database status', 'daytrade database status --json'],
  run: async ({ settings, terminal, json }) => {
    const status = await withDatabase(
      settings,
      async (database, { neededSchemaVersion, pendingMigrations, schemaVersion }) => ({
        found: await schemaVersion(database),
        needed: neededSchemaVersion,
        pending: await pendingMigrations(database),
      }),
    );
    const { found, needed, pending } = status;
    const ready = found >= needed;
    if (!ready) process.exitCode = notReady;
    printResult(terminal, json, { ready, ...status }, () => {
      const versions = `The schema version is ${found}; this version needs ${needed}.`;
      return ready
        ? `${versions} It can serve.`
        : `${versions} Missing: ${pending.join(', ')}. Run ${programName} database migrate.`;
    });
  },
};
