import type { CommandGroup } from '../../define-command.ts';
import { modelsExplainCommand } from './explain.ts';
import { modelsListCommand } from './list.ts';
import { modelsPromoteCommand } from './promote.ts';
import { modelsRollbackCommand } from './rollback.ts';
import { modelsShowCommand } from './show.ts';

export const modelsGroup: CommandGroup = {
  name: 'models',
  summary: 'the model registry',
  commands: [modelsListCommand, modelsShowCommand, modelsExplainCommand, modelsPromoteCommand, modelsRollbackCommand],
};
