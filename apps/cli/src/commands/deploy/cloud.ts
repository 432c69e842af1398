import type { CloudName } from '@daytrade/deployment';
import { DayTradeError } from '@daytrade/errors';
import type { CommandDefinition } from '../../define-command.ts';
import { canaryOptions, readCanaryOptions } from '../../deployment/canary-options.ts';
import { deployIntoCloud } from '../../deployment/cloud-deployment.ts';
import { cloudOptions, wayBackSeconds } from '../../deployment/deployment-options.ts';
import { withDeployment } from '../../deployment/open-deployment.ts';
import { versionInWords } from '../../deployment/release-report.ts';
import { wholeNumber } from '../../input.ts';
import { duration } from '../../output/format.ts';
import { printResult } from '../../output/terminal.ts';

const names: Readonly<Record<CloudName, { readonly title: string; readonly state: string; readonly cluster: string }>> =
  {
    aws: { title: 'AWS', state: 'AWS_STATE_BUCKET', cluster: 'EKS' },
    azure: { title: 'Azure', state: 'AZURE_STATE_ACCOUNT', cluster: 'AKS' },
  };
const notDone = 2;

export const deployAwsCommand = cloudCommand('aws');
export const deployAzureCommand = cloudCommand('azure');

function cloudCommand(cloud: CloudName): CommandDefinition {
  const { title, state, cluster: kind } = names[cloud];
  return {
    usage: cloud,
    summary: `deploy an environment on ${title}: its infrastructure, then the application`,
    description: `Plans the environment by Terraform and has the guard judge the plan. With --yes it applies that very
plan, signs in to the environment's cluster on ${kind}, and rolls the image out as daytrade deploy kubernetes does:
lock, migration, proof, record, and the way back by itself where it fails (exit code 5). What was applied is not taken
back.

It needs you to be signed in to ${title}, and ${state}; the image is one of the environment's registry, by its digest,
as the workflow builds, scans and pushes it. It is the same code that the workflow runs.

With --canary the version is tried beside the one that serves first, as daytrade deploy kubernetes --help says.`,
    examples: [
      `daytrade deploy ${cloud} --environment staging --digest sha256:${'0'.repeat(64)} --dry-run`,
      `daytrade deploy ${cloud} --environment production --digest sha256:${'0'.repeat(64)} --yes`,
    ],
    configure: (command) =>
      canaryOptions(cloudOptions(command))
        .requiredOption('--digest <digest>', "digest of an image in the environment's registry")
        .option('--wait-seconds <seconds>', 'how long to wait until every pod is ready', '900')
        .option('--in-session', 'deploy into production, and promote a canary, while the exchange is open')
        .option('--dry-run', 'show the plan'),
    endSeconds: wayBackSeconds,
    run: (context, { options }) =>
      withDeployment(context, options, async (open) => {
        const digest = String(options.digest);
        if (!/^sha256:[0-9a-f]{64}$/.test(digest)) {
          const details = { field: '--digest', value: digest };
          throw new DayTradeError('input.invalid', `--digest ${digest}: sha256:<64 hex digits>`, { details });
        }
        wholeNumber(options.waitSeconds, '--wait-seconds', { min: 10, max: 3600 });
        const canary = readCanaryOptions(options);
        const what = { cloud, digest, ...(canary && { canary }), signal: context.signal };
        const deployed = await deployIntoCloud(open, what, options);
        const { record } = deployed;
        if (record === undefined && options.dryRun !== true) process.exitCode = notDone;
        printResult(context.terminal, context.json, { deployed: record !== undefined, ...deployed }, () => {
          if (record === undefined)
            return options.dryRun === true ? 'Nothing was changed.' : 'Nothing was changed: add --yes.';
          const { to, from, seconds } = record;
          return `Version ${versionInWords(to)} serves, before: ${versionInWords(from)}; ${duration(seconds ?? 0)}.`;
        });
      }),
  };
}
