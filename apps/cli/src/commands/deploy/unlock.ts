import { describeLock, findLock, removeLock } from '@daytrade/deployment';
import { DayTradeError } from '@daytrade/errors';
import type { CommandDefinition } from '../../define-command.ts';
import { placeOptions } from '../../deployment/deployment-options.ts';
import { withDeployment } from '../../deployment/open-deployment.ts';
import { ownProcesses } from '../../deployment/processes.ts';
import { printResult } from '../../output/terminal.ts';

export const deployUnlockCommand: CommandDefinition = {
  usage: 'unlock',
  summary: 'free an environment that a deployment left locked',
  description: `Removes the lock of an environment whose deployment is gone, and says whose it was. One that still runs
on this machine keeps it, and one of another machine is only removed with --force, since nobody can see from here
whether it runs. daytrade deploy … --take-over does the same and goes on with the deployment.`,
  examples: ['daytrade deploy unlock --environment staging', 'daytrade deploy unlock --environment staging --force'],
  configure: (command) => placeOptions(command).option('--force', 'also where its holder may still run'),
  run: (context, { options }) =>
    withDeployment(context, options, async ({ cluster }) => {
      const found = await findLock(cluster, ownProcesses);
      if (found !== undefined && found.alive !== false && options.force !== true) {
        const message = `${cluster.namespace} is ${describeLock(found)}; --force removes the lock nevertheless`;
        throw new DayTradeError('deployment.locked', message, { details: { holder: found.holder } });
      }
      if (found !== undefined) await removeLock(cluster);
      const holder = found?.holder ?? null;
      printResult(context.terminal, context.json, { holder }, () =>
        found === undefined ? 'Nobody held it.' : `Removed; it was ${describeLock(found)}.`,
      );
    }),
};
