import type { CommandGroup } from '../../define-command.ts';
import { databaseMigrateCommand } from './migrate.ts';
import { databaseStatusCommand } from './status.ts';

export const databaseGroup: CommandGroup = {
  name: 'database',
  summary: 'the database of a cluster',
  commands: [databaseMigrateCommand, databaseStatusCommand],
};
