import type { CommandGroup } from '../../define-command.ts';
import { rehearseAwsCommand, rehearseAzureCommand } from './cloud.ts';

export const rehearseGroup: CommandGroup = {
  name: 'rehearse',
  summary: 'a deployment into a cloud, rehearsed on this machine',
  commands: [rehearseAwsCommand, rehearseAzureCommand],
};
