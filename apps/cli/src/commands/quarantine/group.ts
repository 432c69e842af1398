import type { CommandGroup } from '../../define-command.ts';
import { quarantineListCommand } from './list.ts';

export const quarantineGroup: CommandGroup = {
  name: 'quarantine',
  summary: 'rows that the quality gate kept out',
  commands: [quarantineListCommand],
};
