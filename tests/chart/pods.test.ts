import { expect, it } from 'vitest';
import { identity, type KubernetesObject } from '../../infrastructure/kubernetes/write-manifests.ts';
import { onPath } from '../support/packed-programs.ts';
import { rendered, renderedObjects } from './rendered.ts';
import { kubernetesVersions, newest, variantNamed } from './variants.ts';
import { withPrograms } from './with-programs.ts';

const [, beforeSleep] = kubernetesVersions;
const services = ['ml-service', 'data-service', 'scheduler-service', 'dashboard'];

// oxlint-disable-next-line typescript/no-explicit-any -- pods as Kubernetes has them
type PodSpec = any;

/** The pod of a workload; undefined for an object without one. */
function podOf({ kind, spec }: KubernetesObject): PodSpec {
  if (kind === 'CronJob') return spec.jobTemplate.spec.template.spec;
  return kind === 'Pod' ? spec : spec?.template?.spec;
}

const workloads = (objects: readonly KubernetesObject[], ...kinds: string[]): KubernetesObject[] =>
  objects.filter((object) => podOf(object) !== undefined && (kinds.length === 0 || kinds.includes(object.kind)));

withPrograms(['helm'], 'pods of production', () => {
  const objects = onPath('helm') ? rendered('production') : [];

  it('of workers alone have the key of encrypted backups, and room for a second state', () => {
    const having = workloads(rendered('encrypted backups')).filter((object) =>
      JSON.stringify(podOf(object)).includes('backup-key'),
    );
    expect(having.map(identity)).toEqual(['Deployment/worker']);
    const { containers, volumes } = podOf(having[0] as KubernetesObject);
    expect(containers[0].env).toEqual(
      expect.arrayContaining([
        { name: 'DAYTRADE_BACKUP_TARGET', value: 's3://copies/production' },
        { name: 'DAYTRADE_BACKUP_KEY_FILE', value: '/etc/day-trade/backup/backup-key' },
        { name: 'DAYTRADE_BACKUP_S3_ENDPOINT', value: 'https://minio:9000' },
      ]),
    );
    expect(volumes).toContainEqual({ name: 'scratch', emptyDir: { sizeLimit: '2Gi' } });
    expect(JSON.stringify(workloads(objects).map(podOf))).not.toContain('DAYTRADE_BACKUP');
  });

  it('of the services live without their dependencies, and are ready only with them', () => {
    for (const name of [...services, 'worker']) {
      const [container] = podOf(
        workloads(objects).find(({ metadata }) => metadata.name === name) as KubernetesObject,
      ).containers;
      expect(container.startupProbe.httpGet.path).toBe('/healthz');
      expect(container.livenessProbe.httpGet.path).toBe('/healthz');
      expect(container.readinessProbe.httpGet.path).toBe('/readyz');
    }
  });

  it.each([
    [newest, 5],
    [beforeSleep, 0],
  ])('serve on before they end, by Kubernetes’ own sleep where it is known: %s', (version, sleep) => {
    const ended = workloads(renderedObjects(variantNamed('production'), version)).filter(({ metadata }) =>
      services.includes(metadata.name),
    );
    expect(ended).toHaveLength(services.length);
    for (const object of ended) {
      const { containers, terminationGracePeriodSeconds } = podOf(object);
      const own = containers[0].env.find(({ name }: { name: string }) => name === 'DAYTRADE_DRAIN_PAUSE_SECONDS');
      expect(containers[0].lifecycle?.preStop.sleep.seconds ?? 0).toBe(sleep);
      const pause = sleep + Number(own?.value ?? 0);
      expect(pause).toBeGreaterThanOrEqual(5);
      expect(terminationGracePeriodSeconds).toBeGreaterThan(pause + 20);
    }
  });

  it.each([
    ['bars', '/var/lib/day-trade-bars', ['data-service', 'worker']],
    ['strategies', '/var/lib/day-trade-user/strategies', ['ml-service', 'worker']],
  ])('of the parts that read files of %s see them, to read alone, and no other part does', (name, mountPath, parts) => {
    const mounts = workloads(rendered('everything lasting')).flatMap((object) =>
      podOf(object)
        .containers.flatMap((container: PodSpec) => container.volumeMounts ?? [])
        .filter((mount: PodSpec) => mount.name === name)
        .map((mount: object) => [object.metadata.name, mount]),
    );
    const mount = { name, mountPath, readOnly: true };
    expect(Object.fromEntries(mounts)).toEqual(Object.fromEntries(parts.map((part) => [part, mount])));
  });
});
