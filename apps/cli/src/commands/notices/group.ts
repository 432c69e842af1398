import type { CommandGroup } from '../../define-command.ts';
import { noticesListCommand } from './list.ts';
import { noticesTestCommand } from './test.ts';

export const noticesGroup: CommandGroup = {
  name: 'notices',
  summary: 'what readers are sent',
  commands: [noticesListCommand, noticesTestCommand],
};
