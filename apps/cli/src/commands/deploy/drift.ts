import type { CommandDefinition } from '../../define-command.ts';
import { placeOptions } from '../../deployment/deployment-options.ts';
import { withDeployment } from '../../deployment/open-deployment.ts';
import { printResult } from '../../output/terminal.ts';

const differsCode = 4;

export const deployDriftCommand: CommandDefinition = {
  usage: 'drift',
  summary: 'compare what runs with what was deployed',
  description: `Compares the objects in the cluster with those that the last deployment made, and shows where somebody
changed them since. Ends with 4 where they differ. It changes nothing.`,
  examples: ['daytrade deploy drift --environment staging'],
  configure: placeOptions,
  run: (context, { options }) =>
    withDeployment(context, options, async ({ cluster }) => {
      const input = await cluster.manifest();
      const compared = ['diff', '--server-side', '--force-conflicts', '--field-manager', 'helm', '--filename', '-'];
      // kubectl diff ends with 1 where something differs.
      const command = cluster.kubectl(...compared);
      const difference = await cluster.programs.read('kubectl', command, { input, allowed: [0, 1] });
      if (difference !== '') process.exitCode = differsCode;
      printResult(context.terminal, context.json, { differs: difference !== '', difference }, () =>
        difference === '' ? `${cluster.namespace} is as it was deployed.` : difference.trimEnd(),
      );
    }),
};
