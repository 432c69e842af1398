import {
  canaryRevision,
  describeLock,
  findLock,
  readReleases,
  returnable,
  servingRevision,
  versionOf,
  versionTried,
} from '@daytrade/deployment';
import type { CommandDefinition } from '../../define-command.ts';
import { placeOptions } from '../../deployment/deployment-options.ts';
import { withDeployment } from '../../deployment/open-deployment.ts';
import { ownProcesses } from '../../deployment/processes.ts';
import { releaseTable, versionInWords } from '../../deployment/release-report.ts';
import { printResult } from '../../output/terminal.ts';

const notReady = 3;

export const deployStatusCommand: CommandDefinition = {
  usage: 'status',
  summary: 'show which version serves, who holds the environment, and where one may go back to',
  description: `Shows the version that serves with its image, whether each of its parts is ready, the versions that
daytrade deploy rollback takes, a canary that is under way or was left, who holds the environment, and the last
deployment. Ends with 3 where nothing serves or a part is not ready.`,
  examples: ['daytrade deploy status --environment staging', 'daytrade deploy status --environment production --json'],
  configure: placeOptions,
  run: (context, { options }) =>
    withDeployment(context, options, async ({ cluster }) => {
      const history = await cluster.history();
      const records = await readReleases(cluster);
      const lock = await findLock(cluster, ownProcesses);
      const revision = servingRevision(history);
      const serving = revision === undefined ? null : await versionOf(cluster, revision);
      const { items } = await cluster.objects<{ items: readonly Workload[] }>('deployments,statefulsets');
      const parts = items.map(({ metadata, spec, status }) => ({
        name: metadata.name,
        wanted: spec.replicas,
        ready: status.readyReplicas ?? 0,
      }));
      if (serving === null || parts.some(({ wanted, ready }) => ready < wanted)) process.exitCode = notReady;
      const left = canaryRevision(history);
      const canary =
        left === undefined
          ? null
          : { ...(await versionTried(cluster, left.revision)), description: left.description ?? '' };
      const versions = returnable(history, records);
      const [last] = records;
      const value = {
        namespace: cluster.namespace,
        serving,
        canary,
        parts,
        versions,
        lock: lock?.holder ?? null,
        last,
      };
      printResult(context.terminal, context.json, value, () =>
        [
          `${cluster.namespace}: ${serving === null ? 'nothing serves' : `version ${versionInWords(serving)} serves`}`,
          ...parts.map(({ name, wanted, ready }) => `  ${name}: ${ready} of ${wanted} ready`),
          ...(canary === null ? [] : [`${canary.description}, revision ${canary.revision}: ${canaryState(lock)}`]),
          `may go back to: ${versions.join(', ') || 'no version'}`,
          `lock: ${lock === undefined ? 'free' : describeLock(lock)}`,
          ...(last === undefined ? [] : ['', releaseTable([last])]),
        ].join('\n'),
      );
    }),
};

/** Whether somebody takes a canary further. */
function canaryState(lock: Awaited<ReturnType<typeof findLock>>): string {
  const isLeft = lock === undefined || lock.alive === false;
  return isLeft ? 'left; the next deployment ends it' : 'under way';
}

interface Workload {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly replicas: number };
  readonly status: { readonly readyReplicas?: number };
}
