import { beforeAll, expect, it } from 'vitest';
import { versions } from '../support/application-image.ts';
import { figure } from '../support/figure.ts';
import { underLoad } from '../support/load/under-load.ts';
import { isReady, podsOf } from './cluster/kubectl.ts';
import { onCluster } from './cluster/on-cluster.ts';
import { openLoadPort } from './load/load-port.ts';
import { environments } from './releases/environments.ts';
import { attemptUpgrade, helm } from './releases/helm.ts';
import type { Installation } from './releases/installation.ts';
import { productionWithModel } from './releases/production.ts';
import { untilReady } from './releases/until-ready.ts';

const environment = environments.production;
const { namespace } = environment;
const rollbackWithinSeconds = 15;
const load = { seconds: 31, requestsPerSecond: 300 };

onCluster('a version that never gets ready', () => {
  let installation: Installation;

  beforeAll(async () => {
    installation = await productionWithModel();
  });

  it('fails the upgrade, while the old one serves every request, until it is rolled back in 15 s', async () => {
    const revision = await deployedRevision();
    let rollbackSeconds = Number.NaN;
    const url = `${await openLoadPort(namespace)}/v1/predictions/latest`;
    const figures = await underLoad({ url, token: installation.token, ...load }, async () => {
      const upgraded = await attemptUpgrade(environment, [
        '--set',
        `image.tag=${versions.neverReady}`,
        '--wait',
        '--timeout',
        '25s',
      ]);
      expect(upgraded.exitCode).not.toBe(0);
      expect(await readyImages()).toEqual(Array(3).fill(`day-trade:${versions.first}`));
      const started = performance.now();
      await helm(['rollback', 'day-trade-ml', String(revision), '--namespace', namespace, '--wait', '--timeout', '2m']);
      rollbackSeconds = (performance.now() - started) / 1000;
    });
    figure('never ready: helm rollback --wait', rollbackSeconds, 's');
    figure(`load: never ready, and rolled back: ${figures.text}`, '');
    expect(figures.failed).toBe(0);
    expect(figures.requests).toBeGreaterThanOrEqual((load.seconds - 1) * load.requestsPerSecond);
    expect(rollbackSeconds).toBeLessThanOrEqual(rollbackWithinSeconds);
    await untilReady(namespace, 60);
    expect(await readyImages()).toEqual(Array(3).fill(`day-trade:${versions.first}`));
  });
});

async function deployedRevision(): Promise<number> {
  const text = await helm(['status', 'day-trade-ml', '--namespace', namespace, '--output', 'json']);
  return (JSON.parse(text) as { version: number }).version;
}

async function readyImages(): Promise<readonly string[]> {
  const ready = (await podsOf(namespace, 'ml-service')).filter(isReady);
  return ready.flatMap(({ spec }) => spec.containers.map(({ image }) => image));
}
