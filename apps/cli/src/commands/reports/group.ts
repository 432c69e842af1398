import type { CommandGroup } from '../../define-command.ts';
import { reportsListCommand } from './list.ts';
import { reportsShowCommand } from './show.ts';

export const reportsGroup: CommandGroup = {
  name: 'reports',
  summary: 'the daily reports',
  commands: [reportsListCommand, reportsShowCommand],
};
