import type { CommandGroup } from '../../define-command.ts';
import { paperStartCommand } from './start.ts';
import { paperStatusCommand } from './status.ts';
import { paperStopCommand } from './stop.ts';

export const paperGroup: CommandGroup = {
  name: 'paper',
  summary: 'a book that a strategy trades on paper, without a broker',
  commands: [paperStartCommand, paperStopCommand, paperStatusCommand],
};
