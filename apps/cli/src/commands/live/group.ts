import type { CommandGroup } from '../../define-command.ts';
import { liveHaltCommand } from './halt.ts';
import { liveStartCommand } from './start.ts';
import { liveStatusCommand } from './status.ts';

export const liveGroup: CommandGroup = {
  name: 'live',
  summary: 'real orders at a broker, off unless switched on and confirmed',
  commands: [liveStartCommand, liveStatusCommand, liveHaltCommand],
};
