import { routes } from '@daytrade/contracts';
import { beforeAll, expect, it } from 'vitest';
import { figure } from '../support/figure.ts';
import { underLoad } from '../support/load/under-load.ts';
import { waitFor } from '../support/steps.ts';
import { kubectl } from './cluster/kubectl.ts';
import { onCluster } from './cluster/on-cluster.ts';
import { openLoadPort } from './load/load-port.ts';
import { environments } from './releases/environments.ts';
import { upgrade } from './releases/helm.ts';
import type { Installation } from './releases/installation.ts';
import { productionWithModel } from './releases/production.ts';
import { untilReplicas } from './releases/until-replicas.ts';

const environment = environments.production;
const { namespace } = environment;
/** Of the ML service 2 to 4 replicas, of the workers 1 to 4, and a short look back before a replica goes. */
const settings = [
  'mlService.replicaCount=2',
  'mlService.resources.requests.cpu=50m',
  'mlService.autoscaling.maxReplicas=4',
  'autoscaling.scaleDownStabilizationSeconds=15',
  'worker.autoscaling.minReplicas=1',
  'worker.autoscaling.maxReplicas=4',
];

onCluster('the autoscalers', () => {
  let installation: Installation;
  const ended = { trainings: 0, load: 0 };

  beforeAll(async () => {
    installation = await productionWithModel();
    await upgrade(environment, [...settings.flatMap((setting) => ['--set', setting]), '--wait', '--timeout', '5m']);
  });

  it('give the queue as many workers as it needs', async () => {
    await untilReplicas(namespace, 'worker', (replicas) => replicas === 1, 120);
    const runs = await Promise.all(
      Array.from({ length: 7 }, (_, index) => installation.start('startTraining', { seed: 700 + index })),
    );
    const started = performance.now();
    const most = await untilReplicas(namespace, 'worker', (replicas) => replicas > 1, 60);
    figure(
      `scaling: workers from 1 to ${most} for ${runs.length} runs after`,
      (performance.now() - started) / 1000,
      's',
    );
    await waitFor('metrics of two workers', 90, async () => ((await topPods()).match(/^worker-/gm) ?? []).length > 1);
    for (const { id } of runs) {
      await installation.client('scheduler-service').call(routes.cancelRun, { params: { id } });
    }
    for (const { id } of runs) await installation.ended(id);
    ended.trainings = performance.now();
  });

  it('give the ML service more than 2 replicas under load', async () => {
    await untilReplicas(namespace, 'ml-service', (replicas) => replicas === 2, 240);
    const url = `${await openLoadPort(namespace)}/v1/models`;
    const figures = await underLoad(
      { url, token: installation.token, seconds: 15, requestsPerSecond: 400 },
      async () => {
        const started = performance.now();
        const most = await untilReplicas(namespace, 'ml-service', (replicas) => replicas > 2, 180);
        figure(
          `scaling: ml-service from 2 to ${most} replicas under load after`,
          (performance.now() - started) / 1000,
          's',
        );
        expect(await topPods()).toMatch(/^ml-service-/m);
      },
    );
    figure(`load: scaling up: ${figures.text}`, '');
    expect(figures.failed).toBe(0);
    ended.load = performance.now();
  });

  // Both look back before a replica goes, for a minute and more: they do so at the same time.
  it('take back what nothing needs any more', async () => {
    await untilReplicas(namespace, 'worker', (replicas) => replicas === 1, 180);
    figure('scaling: workers back to 1 within', (performance.now() - ended.trainings) / 1000, 's');
    await untilReplicas(namespace, 'ml-service', (replicas) => replicas === 2, 300);
    figure('scaling: ml-service back to 2 replicas within', (performance.now() - ended.load) / 1000, 's');
  });
});

const topPods = () => kubectl(['top', 'pods', '--namespace', namespace, '--no-headers']);
