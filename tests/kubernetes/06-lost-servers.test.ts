import { setTimeout as pause } from 'node:timers/promises';
import { type Run, routes } from '@daytrade/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../support/command.ts';
import { figure } from '../support/figure.ts';
import { describeLoad } from '../support/load/load-report.ts';
import { stopEveryLoad } from '../support/load/start-load.ts';
import { isReady, killPod, kubectl, podsOf } from './cluster/kubectl.ts';
import { onCluster } from './cluster/on-cluster.ts';
import { underLoad } from './load/under-load.ts';
import { environments } from './releases/environments.ts';
import type { Installation } from './releases/installation.ts';
import { productionWithModel } from './releases/production.ts';
import { untilReady } from './releases/until-ready.ts';

const { namespace } = environments.production;
const awaySeconds = 60;
/** A replica answers so long at most with what it kept, before it waits for the database. */
const keptSeconds = 4;
const load = { path: '/v1/predictions/latest', seconds: awaySeconds, requestsPerSecond: 100 };

onCluster('a server that is lost for 60 s', () => {
  let installation: Installation;

  beforeAll(async () => {
    installation = await productionWithModel();
  });
  afterAll(stopEveryLoad);

  it('PostgreSQL: reads go on, readiness says the rest, and every promised run ends, its effect once', async () => {
    const before = await modelCount();
    let training!: Run;
    let fetching!: Run;
    const figures = await underLoad(installation, load, async () => {
      training = await runningTraining(61);
      fetching = await installation.start('startFetch', fetchOf('2024-02-01'));
      await away('postgresql', async () => {
        await untilReadiness({ 'ml-service': true, 'data-service': false, 'scheduler-service': false, worker: false });
        await expect(installation.start('startTraining', { seed: 62 })).rejects.toThrow();
      });
      await recovered('PostgreSQL');
    });
    figure(`load: PostgreSQL away for ${awaySeconds} s: ${describeLoad(figures)}`, '');
    expect(figures.failed).toBe(0);
    await endedOnce(training);
    expect(await installation.ended(fetching.id)).toMatchObject({ status: 'succeeded' });
    expect(await modelCount()).toBe(before + 1);
  });

  it('Redis: every read is answered, runs are promised all the same, and each ends, its effect once', async () => {
    const before = await modelCount();
    let training!: Run;
    const promised: Run[] = [];
    const figures = await underLoad(installation, load, async () => {
      training = await runningTraining(71);
      await away('redis', async () => {
        promised.push(await installation.start('startFetch', fetchOf('2024-03-01')));
        promised.push(await installation.start('startTraining', { seed: 72 }));
        await untilReadiness({ 'ml-service': true, 'data-service': true, 'scheduler-service': true, worker: false });
      });
      await recovered('Redis');
    });
    figure(`load: Redis away for ${awaySeconds} s: ${describeLoad(figures)}`, '');
    expect(figures.failed).toBe(0);
    await endedOnce(training);
    for (const { id } of promised) expect(await installation.ended(id)).toMatchObject({ status: 'succeeded' });
    expect(await modelCount()).toBe(before + 2);
  });

  const fetchOf = (from: string) => ({ provider: 'synthetic', symbols: 10, from });

  async function modelCount(): Promise<number> {
    await pause(keptSeconds * 1000);
    return (await installation.client('ml-service').call(routes.models)).models.length;
  }

  /** A training that a worker has begun. */
  async function runningTraining(seed: number): Promise<Run> {
    const { id } = await installation.start('startTraining', { seed });
    return await waitFor(`training ${id} to run`, 60, async () => {
      const run = await installation.find(id);
      return run.status === 'running' && run;
    });
  }

  /** At most two attempts, and one model. */
  async function endedOnce({ id }: Run): Promise<void> {
    const run = await installation.ended(id);
    figure(`lost server: attempts of the training that ran`, run.attempt);
    expect(run).toMatchObject({ status: 'succeeded' });
    expect(run.attempt).toBeLessThanOrEqual(2);
  }
});

/** Takes a server away at once, keeps it away for 60 s in which something else is done, and lets it come back. */
async function away(server: 'postgresql' | 'redis', meanwhile: () => Promise<void>): Promise<void> {
  const started = performance.now();
  try {
    await kubectl(['scale', 'statefulset', server, '--namespace', namespace, '--replicas=0']);
    await killPod(namespace, `${server}-0`);
    await meanwhile();
    await pause(Math.max(0, awaySeconds * 1000 - (performance.now() - started)));
  } finally {
    await kubectl(['scale', 'statefulset', server, '--namespace', namespace, '--replicas=1']);
  }
}

async function recovered(server: string): Promise<void> {
  const started = performance.now();
  await untilReady(namespace, 120);
  figure(`lost server: ${server} asked back until every pod is ready`, (performance.now() - started) / 1000, 's');
}

/** Waits until all pods of each component are ready, or none is. */
async function untilReadiness(wanted: Readonly<Record<string, boolean>>): Promise<void> {
  await waitFor(`readiness ${JSON.stringify(wanted)}`, awaySeconds - 10, async () => {
    for (const [component, ready] of Object.entries(wanted)) {
      const pods = await podsOf(namespace, component);
      const other = pods.filter((pod) => isReady(pod) !== ready).map(({ metadata }) => metadata.name);
      if (pods.length === 0 || other.length > 0) throw new Error(`${component}: ${other.join(', ')} otherwise`);
    }
    return true;
  });
}
