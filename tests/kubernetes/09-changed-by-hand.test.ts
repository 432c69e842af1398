import { routes } from '@daytrade/contracts';
import { beforeAll, expect, it } from 'vitest';
import { waitFor } from '../support/command.ts';
import { figure } from '../support/figure.ts';
import { kubectl } from './cluster/kubectl.ts';
import { onCluster } from './cluster/on-cluster.ts';
import { environments } from './releases/environments.ts';
import { helm, upgrade } from './releases/helm.ts';
import type { Installation } from './releases/installation.ts';
import { productionWithModel } from './releases/production.ts';
import { runningIn, untilReady } from './releases/until-ready.ts';

const { namespace } = environments.production;

onCluster('a number of replicas that somebody changed', () => {
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

  async function serves(): Promise<void> {
    const ml = installation.client('ml-service');
    const { predictions } = await ml.call(routes.latestPredictions);
    expect(predictions.length).toBeGreaterThan(0);
  }
});

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
