import type { CommandGroup } from '../../define-command.ts';
import { dataCheckCommand } from './check.ts';
import { dataExportCommand } from './export.ts';

export const dataGroup: CommandGroup = {
  name: 'data',
  summary: 'the bars that are stored: their health, and files of them',
  commands: [dataCheckCommand, dataExportCommand],
};
