import { join } from 'node:path';
import { cloudNames } from '@daytrade/deployment';
import type { CommandDefinition } from '../../define-command.ts';
import { placeOptions, wordOf } from '../../deployment/deployment-options.ts';
import { withDeployment } from '../../deployment/open-deployment.ts';
import { renderTable } from '../../output/table.ts';
import { printResult } from '../../output/terminal.ts';

export const deployCostCommand: CommandDefinition = {
  usage: 'cost',
  summary: 'show what an environment costs in a cloud a month, by its parts',
  description: `Computes from the variables of an environment and the prices of Tokyo what it costs a month, in US
dollars without tax, with the least number of machines that it keeps. It asks no cloud: it is an
estimate, whose prices and their sources are in infrastructure/terraform/costs.`,
  examples: ['daytrade deploy cost --environment staging --cloud aws'],
  configure: (command) => placeOptions(command).requiredOption('--cloud <name>', cloudNames.join(' or ')),
  run: (context, { options }) =>
    withDeployment(context, options, async ({ place: { environment }, surroundings: { root, programs } }) => {
      const cloud = wordOf('--cloud', cloudNames, options.cloud);
      const program = join(root, 'infrastructure', 'terraform', 'costs', 'main.ts');
      const args = [program, '--environment', environment, '--cloud', cloud];
      const parts = JSON.parse(await programs.read(process.execPath, args)) as Readonly<Record<string, number>>;
      const total = Object.values(parts).reduce((sum, part) => sum + part, 0);
      const value = { environment, cloud, dollarsAMonth: { parts, total } };
      printResult(context.terminal, context.json, value, () =>
        renderTable(
          [{ title: `${environment} on ${cloud}` }, { title: 'US$ a month', align: 'right' }],
          [...Object.entries(parts), ['all', total] as const].map(([name, amount]) => [name, amount.toFixed(0)]),
        ),
      );
    }),
};
