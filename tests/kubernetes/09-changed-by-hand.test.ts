import { join } from 'node:path';
import { routes } from '@daytrade/contracts';
import { beforeAll, expect, it } from 'vitest';
import { run, waitFor } from '../support/command.ts';
import { figure } from '../support/figure.ts';
import { repositoryRoot } from '../support/running-process.ts';
import { kubectl, kubectlJson } from './cluster/kubectl.ts';
import { onCluster } from './cluster/on-cluster.ts';
import { environments } from './releases/environments.ts';
import { helm, upgrade } from './releases/helm.ts';
import type { Installation } from './releases/installation.ts';
import { productionWithModel } from './releases/production.ts';
import { runningIn, untilReady } from './releases/until-ready.ts';

const { namespace } = environments.production;

onCluster('what somebody changed since a revision', () => {
  let installation: Installation;

  beforeAll(async () => {
    installation = await productionWithModel();
  });

  it('is that of the values again after an upgrade: none where an autoscaler sleeps, else more', async () => {
    await scale('ml-service', 0);
    await scale('scheduler-service', 3);
    const started = performance.now();
    await upgrade(environments.production);
    figure('changed by hand: helm upgrade', (performance.now() - started) / 1000, 's');
    await untilReady(namespace, 120);
    figure('changed by hand: upgrade until every pod is ready', (performance.now() - started) / 1000, 's');
    expect(await replicas()).toMatchObject({ 'scheduler-service': 2 });
    await isAwake();
    await serves();
  });

  it('is brought back by a rollback, too', async () => {
    await scale('ml-service', 0);
    await helm(['rollback', 'day-trade-ml', '--namespace', namespace]);
    await untilReady(namespace, 120);
    await isAwake();
    await serves();
  });

  it('passwords that were rotated stay after a rollback to the revision before', async () => {
    const history = await helm(['history', 'day-trade-ml', '--namespace', namespace, '--max=1', '--output=json']);
    const [{ revision }] = JSON.parse(history) as [{ revision: number }];
    await run(join(repositoryRoot, 'infrastructure/kubernetes/rotate-secrets.sh'), [namespace, 'database-password'], {
      timeoutSeconds: 300,
    });
    const rotated = await secrets();
    await upgrade(environments.production);
    await helm(['rollback', 'day-trade-ml', String(revision), '--namespace', namespace]);
    expect(await secrets()).toEqual(rotated);
    // A new pod signs in by what the Secret says.
    await kubectl(['rollout', 'restart', 'deployment/data-service', '--namespace', namespace]);
    await kubectl(['rollout', 'status', 'deployment/data-service', '--namespace', namespace, '--timeout=120s']);
  });

  async function serves(): Promise<void> {
    const ml = installation.client('ml-service');
    const { predictions } = await ml.call(routes.latestPredictions);
    expect(predictions.length).toBeGreaterThan(0);
  }
});

async function secrets(): Promise<unknown> {
  const question = ['get', 'secret', 'day-trade-secrets', '--namespace', namespace];
  return (await kubectlJson<{ data: unknown }>(question)).data;
}

async function scale(deployment: string, to: number): Promise<void> {
  await kubectl(['scale', `deployment/${deployment}`, '--namespace', namespace, `--replicas=${to}`]);
  await waitFor(`${to} replicas of ${deployment}`, 60, async () => (await replicas())[deployment] === to);
}

/** The autoscaler is awake: it takes replicas that nobody needs back soon, down to the least of production's values. */
async function isAwake(): Promise<void> {
  expect((await replicas())['ml-service']).toBeGreaterThanOrEqual(2);
}

async function replicas(): Promise<Readonly<Record<string, number>>> {
  const { workloads } = await runningIn(namespace);
  return Object.fromEntries(workloads.map(({ metadata, status }) => [metadata.name, status.replicas ?? 0]));
}
