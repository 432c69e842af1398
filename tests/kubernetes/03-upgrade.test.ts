import { beforeAll, expect, it } from 'vitest';
import { versions } from '../support/application-image.ts';
import { figure } from '../support/figure.ts';
import { underLoad } from '../support/load/under-load.ts';
import { attempt, waitFor } from '../support/steps.ts';
import { isReady, kubectl, type Pod, podsOf } from './cluster/kubectl.ts';
import { onCluster } from './cluster/on-cluster.ts';
import { openLoadPort } from './load/load-port.ts';
import { environments } from './releases/environments.ts';
import { helm, upgrade } from './releases/helm.ts';
import type { Installation } from './releases/installation.ts';
import { productionWithModel } from './releases/production.ts';

const environment = environments.production;
const { namespace } = environment;
const service = 'ml-service';
const replicas = 3;
const load = { requestsPerSecond: 300, seconds: 31 };

onCluster('300 requests a second on 3 replicas', () => {
  let installation: Installation;

  beforeAll(async () => {
    installation = await productionWithModel();
  });

  it('are all answered while every part is upgraded', async () => {
    await answered('upgrade', async () => {
      const started = performance.now();
      await upgrade(environment, ['--set', `image.tag=${versions.second}`, '--wait', '--timeout', '5m']);
      figure('upgrade: helm upgrade --wait', (performance.now() - started) / 1000, 's');
    });
    expect(await imagesOf(service)).toEqual(Array(replicas).fill(`day-trade:${versions.second}`));
  });

  it('are all answered while pods are deleted and drained, of which two are not evicted at the same time', async () => {
    await answered('pods deleted and evicted', async () => {
      const [deleted] = await names();
      await kubectl(['delete', 'pod', deleted, '--namespace', namespace, '--wait=false']);
      await untilReplaced(deleted);
      // Asked for at the same time: one may go, and the budget holds the other.
      const pods = (await names()).slice(0, 2);
      const answers = await Promise.all(pods.map(evict));
      expect(answers.filter((answer) => answer !== '')).toEqual([
        expect.stringMatching(/TooManyRequests|violate the pod's disruption budget/),
      ]);
      await untilReplaced(String(pods[answers.indexOf('')]));
    });
  });

  it('are all answered while the upgrade is rolled back', async () => {
    await answered('rollback', async () => {
      const started = performance.now();
      await helm(['rollback', 'day-trade-ml', '--namespace', namespace, '--wait', '--timeout', '5m']);
      figure('rollback: helm rollback --wait', (performance.now() - started) / 1000, 's');
    });
    expect(await imagesOf(service)).toEqual(Array(replicas).fill(`day-trade:${versions.first}`));
  });

  /** Does something under load, and expects every request to be answered. */
  async function answered(what: string, action: () => Promise<void>): Promise<void> {
    const url = `${await openLoadPort(namespace)}/v1/predictions/latest`;
    const before = await policyProgram();
    const figures = await underLoad({ url, token: installation.token, ...load }, action);
    figure(`load: ${what}: ${figures.text}`, '');
    // A first packet that is lost while that program starts again comes later, when its pod may have closed.
    const mostLost = (await policyProgram()) === before ? 0 : 2;
    expect(figures.failed, what).toBeLessThanOrEqual(mostLost);
    expect(figures.requests, what).toBeGreaterThanOrEqual((load.seconds - 1) * load.requestsPerSecond);
  }
});

const names = async () =>
  (await podsOf(namespace, service)).map(({ metadata }) => metadata.name) as [string, string, string];

/** Process id of the program that enforces network policies; undefined on a cluster of another kind. */
const policyProgram = async () => {
  const status = await attempt('cluster', ['status']).catch(() => undefined);
  return /^network-policies +(\d+)$/m.exec(status?.stdout ?? '')?.[1];
};

const imagesOf = async (component: string) =>
  (await podsOf(namespace, component)).flatMap(({ spec }) => spec.containers.map(({ image }) => image));

/** Waits until as many pods as before are ready without this one. */
async function untilReplaced(gone: string): Promise<void> {
  const stays = ({ metadata }: Pod) => metadata.name !== gone;
  await waitFor(`${replicas} pods without ${gone}`, 120, async () => {
    const pods = (await podsOf(namespace, service)).filter((pod) => stays(pod) && isReady(pod));
    return pods.length === replicas;
  });
}

/** Asks for an eviction, as a drained node does. @returns why it was refused, or nothing */
async function evict(name: string): Promise<string> {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/eviction`;
  const { exitCode, stderr } = await attempt('kubectl', ['create', '--raw', path, '--filename', '-'], {
    input: JSON.stringify(eviction),
  });
  return exitCode === 0 ? '' : stderr;
}
