import { readReleases } from '@daytrade/deployment';
import type { CommandDefinition } from '../../define-command.ts';
import { placeOptions } from '../../deployment/deployment-options.ts';
import { withDeployment } from '../../deployment/open-deployment.ts';
import { releaseTable } from '../../deployment/release-report.ts';
import { printResult } from '../../output/terminal.ts';

export const deployHistoryCommand: CommandDefinition = {
  usage: 'history',
  summary: 'show who deployed what, when, why, and how it ended',
  description: `Shows every deployment and every way back of an environment that was made by daytrade, the newest first:
who, when, from which version to which, why, how long it took, and how it ended. The last hundred are kept, in the
cluster.`,
  examples: ['daytrade deploy history --environment staging', 'daytrade deploy history --environment staging --json'],
  configure: placeOptions,
  run: (context, { options }) =>
    withDeployment(context, options, async ({ cluster }) => {
      const releases = await readReleases(cluster);
      printResult(context.terminal, context.json, { releases }, () => releaseTable(releases));
    }),
};
