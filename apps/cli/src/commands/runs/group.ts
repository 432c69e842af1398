import type { CommandGroup } from '../../define-command.ts';
import { runsCancelCommand } from './cancel.ts';
import { runsListCommand } from './list.ts';
import { runsReplayCommand } from './replay.ts';

export const runsGroup: CommandGroup = {
  name: 'runs',
  summary: 'what ran, and how it ended',
  commands: [runsListCommand, runsReplayCommand, runsCancelCommand],
};
