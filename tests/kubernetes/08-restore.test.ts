import { type Prediction, routes } from '@daytrade/contracts';
import { beforeAll, expect, it } from 'vitest';
import { figure } from '../support/figure.ts';
import { repositoryRoot } from '../support/running-process.ts';
import { run, waitFor } from '../support/steps.ts';
import { explained } from './cluster/describe-failure.ts';
import { killPod, kubectl } from './cluster/kubectl.ts';
import { onCluster } from './cluster/on-cluster.ts';
import { query, tableChecksums } from './database/query.ts';
import { environments } from './releases/environments.ts';
import type { Installation } from './releases/installation.ts';
import { productionWithModel } from './releases/production.ts';
import { untilReady } from './releases/until-ready.ts';

const { namespace } = environments.production;
const recoveryWithinSeconds = 300;
const megabytes = 256;

/** Rows of 1 MB that cannot be compressed, as models and bars are. */
const ballast = `
  with block as materialized (
    select string_agg(sha256(n::text::bytea), ''::bytea) as bytes from generate_series(1, 32768) n
  )
  insert into objects (key, bytes, version, updated_at)
  select 'ballast/' || n, sha256(n::text::bytea) || bytes, 'ballast', now()
  from block, generate_series(1, ${megabytes}) n`;

onCluster('a backup', () => {
  let installation: Installation;
  let published: readonly Prediction[];

  beforeAll(async () => {
    installation = await productionWithModel();
  });

  it(`brings back every row of ${megabytes} MB within 5 minutes after the volume is lost`, async () => {
    await query(namespace, ballast);
    published = await publish(installation);
    const rows = await tableChecksums(namespace);
    expect(Object.keys(rows)).toEqual(expect.arrayContaining(['models', 'objects', 'predictions', 'runs', 'symbols']));

    await kubectl(['delete', 'job', 'backup-now', '--namespace', namespace, '--ignore-not-found']);
    const backupStarted = performance.now();
    await kubectl(['create', 'job', '--from=cronjob/backup', 'backup-now', '--namespace', namespace]);
    await jobCompleted('backup-now');
    figure(`restore: backup of ${megabytes} MB`, (performance.now() - backupStarted) / 1000, 's');

    await loseTheVolume();
    const lost = performance.now();
    await kubectl(['scale', 'statefulset', 'postgresql', '--namespace', namespace, '--replicas=1']);
    const command = 'kubectl create -n day-trade -f infrastructure/kubernetes/restore/restore.yaml';
    const [program = '', ...args] = command.split(' ');
    const { stdout: created } = await run(program, args, { folder: repositoryRoot });
    const job = /job\.batch\/(\S+) created/.exec(created)?.[1] ?? '';
    await jobCompleted(job);
    await untilReady(namespace, 120);
    const seconds = (performance.now() - lost) / 1000;
    figure(`restore: loss of the volume to ready, with ${megabytes} MB`, seconds, 's');
    console.log(await kubectl(['logs', `job/${job}`, '--namespace', namespace]));

    expect(await tableChecksums(namespace)).toEqual(rows);
    expect(seconds).toBeLessThanOrEqual(recoveryWithinSeconds);
  });

  it('holds the model and the bars of the last predictions: made anew, they are the same', async () => {
    const [{ session, modelVersion }] = published as [Prediction, ...Prediction[]];
    await query(
      namespace,
      `delete from predictions where session = '${session}' and model_version = '${modelVersion}'`,
    );
    const again = published.map((prediction) => ({ ...prediction, madeAt: expect.any(String) as string }));
    expect(await publish(installation)).toEqual(again);
    figure('restore: predictions made anew and equal', published.length);
  });
});

/** The volume goes with its claim, as `standard` is a class that deletes. */
async function loseTheVolume(): Promise<void> {
  await kubectl(['scale', 'statefulset', 'postgresql', '--namespace', namespace, '--replicas=0']);
  await killPod(namespace, 'postgresql-0');
  await kubectl(['delete', 'persistentvolumeclaim', 'data-postgresql-0', '--namespace', namespace, '--wait']);
}

async function jobCompleted(name: string): Promise<void> {
  await explained(namespace, async () => {
    const path = '--output=jsonpath={.status.succeeded} {.status.failed}';
    const end = await waitFor(`job ${name} to end`, 300, async () => {
      const [succeeded, failed] = (await kubectl(['get', 'job', name, '--namespace', namespace, path])).split(' ');
      return succeeded === '1' ? 'succeeded' : failed === '1' ? 'failed' : null;
    });
    if (end === 'failed') throw new Error(await kubectl(['logs', `job/${name}`, '--namespace', namespace]));
  });
}

/** Publishes the intervals of the next session, in order of their symbols. */
async function publish(installation: Installation): Promise<readonly Prediction[]> {
  const ml = installation.client('ml-service');
  const { predictions } = await ml.call(routes.publishPredictions, { body: {} });
  return predictions.sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
}
