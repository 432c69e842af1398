import type { CommandGroup } from '../../define-command.ts';
import { symbolsHistoryCommand } from './history.ts';
import { symbolsImportCommand } from './import.ts';
import { symbolsListCommand } from './list.ts';
import { symbolsRemoveCommand } from './remove.ts';
import { symbolsSelectCommand } from './select.ts';
import { symbolsSelectionsCommand } from './selections.ts';
import { symbolsShowCommand } from './show.ts';
import { symbolsUniverseCommand } from './universe.ts';

export const symbolsGroup: CommandGroup = {
  name: 'symbols',
  summary: 'symbols with bars, and the selection among them',
  commands: [
    symbolsListCommand,
    symbolsShowCommand,
    symbolsSelectCommand,
    symbolsSelectionsCommand,
    symbolsHistoryCommand,
    symbolsUniverseCommand,
    symbolsImportCommand,
    symbolsRemoveCommand,
  ],
};
