import type { CommandGroup } from '../../define-command.ts';
import { deployAwsCommand, deployAzureCommand } from './cloud.ts';
import { deployCostCommand } from './cost.ts';
import { deployDriftCommand } from './drift.ts';
import { deployHistoryCommand } from './history.ts';
import { deployKubernetesCommand } from './kubernetes.ts';
import { deployLogsCommand } from './logs.ts';
import { deployRollbackCommand } from './rollback.ts';
import { deployStatusCommand } from './status.ts';
import { deployUnlockCommand } from './unlock.ts';

export const deployGroup: CommandGroup = {
  name: 'deploy',
  summary: 'deployments: into a cluster or a cloud, what became of them, and the way back',
  commands: [
    deployKubernetesCommand,
    deployAwsCommand,
    deployAzureCommand,
    deployStatusCommand,
    deployHistoryCommand,
    deployRollbackCommand,
    deployLogsCommand,
    deployDriftCommand,
    deployCostCommand,
    deployUnlockCommand,
  ],
};
