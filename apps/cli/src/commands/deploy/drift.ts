import { cloudNames, DeploymentError, differsFromCode } from '@daytrade/deployment';
import type { CommandDefinition } from '../../define-command.ts';
import { placeOptions, wordOf } from '../../deployment/deployment-options.ts';
import { withDeployment } from '../../deployment/open-deployment.ts';
import { printResult } from '../../output/terminal.ts';

const differsCode = 4;

export const deployDriftCommand: CommandDefinition = {
  usage: 'drift',
  summary: 'compare what runs with what was deployed',
  description: `Compares the objects in the cluster with those that the last deployment made, and shows where somebody
changed them since. With --cloud it compares the environment's infrastructure with its code, by a plan of Terraform.
Ends with 4 where they differ. It changes nothing.`,
  examples: ['daytrade deploy drift --environment staging', 'daytrade deploy drift --environment staging --cloud aws'],
  configure: (command) =>
    placeOptions(command).option('--cloud <name>', `infrastructure of ${cloudNames.join(' or ')}, by Terraform`),
  run: (context, { options }) =>
    withDeployment(context, options, async ({ cluster, place, surroundings }) => {
      if (options.cloud !== undefined) {
        const target = { environment: place.environment, cloud: wordOf('--cloud', cloudNames, options.cloud) };
        const differs = await differsFromCode(surroundings, target);
        if (differs) process.exitCode = differsCode;
        printResult(context.terminal, context.json, { differs }, () =>
          differs ? 'It differs from its code: --verbose shows the plan.' : 'It is as its code says.',
        );
        return;
      }
      const input = await cluster.manifest();
      if (input === '') throw new DeploymentError('not-ready', `nothing is deployed in ${cluster.namespace}`);
      // By a name of its own: under helm's, what helm adds to each object would count as taken away.
      const compared = ['diff', '--server-side', '--force-conflicts', '--field-manager', 'daytrade', '--filename', '-'];
      // kubectl diff ends with 1 where something differs.
      const command = cluster.kubectl(...compared);
      const difference = await cluster.programs.read('kubectl', command, { input, allowed: [0, 1] });
      if (difference !== '') process.exitCode = differsCode;
      printResult(context.terminal, context.json, { differs: difference !== '', difference }, () =>
        difference === '' ? `${cluster.namespace} is as it was deployed.` : difference.trimEnd().replaceAll('\t', '  '),
      );
    }),
};
