import { routes } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import { figure } from '../support/figure.ts';
import { kubectl, podsOf } from './cluster/kubectl.ts';
import { onCluster } from './cluster/on-cluster.ts';
import { measures } from './load/measures.ts';
import { environments } from './releases/environments.ts';
import { upgrade } from './releases/helm.ts';
import type { Installation } from './releases/installation.ts';
import { productionWithModel } from './releases/production.ts';
import { untilReplicas } from './releases/until-replicas.ts';

const environment = environments.production;
const { namespace } = environment;

// Only in full: that several workers give the same bytes is shown without a cluster too (tests/redis).
onCluster('a training on worker pods', () => {
  it.runIf(measures.judgesLatency)(
    'gives the same model to the byte on one and on three',
    async () => {
      const installation = await productionWithModel();
      const train = async (pods: number) => {
        const size = [`worker.autoscaling.minReplicas=${pods}`, `worker.autoscaling.maxReplicas=${pods}`];
        await upgrade(environment, [...size.flatMap((setting) => ['--set', setting]), '--wait', '--timeout', '5m']);
        await untilReplicas(namespace, 'worker', (replicas) => replicas === pods, 180);
        const run = await installation.ended((await installation.start('startTraining', { seed: 11 })).id, 400);
        expect(run.status, JSON.stringify(run.error)).toBe('succeeded');
        const took = await tookPart(installation, run.id);
        figure(`worker pods: of ${pods} took part`, took);
        return { pods: took, hash: run.result?.artifactHash };
      };
      const one = await train(1);
      const three = await train(3);
      expect(one.pods).toBe(1);
      expect(three.pods).toBeGreaterThan(1);
      expect(one.hash).toMatch(/^[0-9a-f]{64}$/);
      expect(three.hash).toBe(one.hash);
      figure('worker pods: SHA-256 of both models', String(one.hash).slice(0, 12));
    },
    1_200_000,
  );
});

/** Pods that worked on parts of a training. */
async function tookPart(installation: Installation, training: string): Promise<number> {
  const query = { job: 'training-part', limit: 100 } as const;
  const { runs } = await installation.client('scheduler-service').call(routes.runs, { query });
  const parts = runs.filter(({ payload }) => payload.of === training);
  const pods = await podsOf(namespace, 'worker');
  const logs = await Promise.all(
    pods.map(({ metadata: { name } }) => kubectl(['logs', name, '--namespace', namespace, '--since=30m'])),
  );
  return logs.filter((log) => parts.some(({ id }) => log.includes(id))).length;
}
