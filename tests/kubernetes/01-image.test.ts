import { afterAll, beforeAll, expect, it } from 'vitest';
import { figure } from '../support/figure.ts';
import { explained } from './cluster/describe-failure.ts';
import { apply, kubectl, kubectlJson, type Pod } from './cluster/kubectl.ts';
import { makeNamespace, namespaces, removeNamespace } from './cluster/namespaces.ts';
import { onCluster } from './cluster/on-cluster.ts';

const namespace = namespaces.image;
const inside = ['exec', 'platform', '--namespace', namespace, '--'];

onCluster('the image', () => {
  beforeAll(() => makeNamespace(namespace));
  afterAll(() => removeNamespace(namespace));

  it('runs the whole platform as its own user on a read-only root', async () => {
    await apply(namespace, platformPod);
    await explained(namespace, () =>
      kubectl(['wait', '--namespace', namespace, '--for=condition=Ready', 'pod/platform', '--timeout=60s']),
    );
    const pod = await kubectlJson<Pod>(['get', 'pod', 'platform', '--namespace', namespace]);
    const seconds = secondsToReady(pod);
    figure('image: container started to ready, whole platform on the embedded database', seconds, 's');
    const log = await kubectl(['logs', 'platform', '--namespace', namespace]);
    figure('image: loading the code', /load the code\s+([\d.]+) s/.exec(log)?.[1] ?? '?', 's');
  });

  it('holds no tests, no development tools, and says what is in it', async () => {
    const script = `
      const { readdirSync, readFileSync, writeFileSync } = await import('node:fs');
      const files = readdirSync('/app', { recursive: true });
      const bill = JSON.parse(readFileSync('/app/sbom.cdx.json', 'utf8'));
      let written = 'nothing';
      try { writeFileSync('/app/x', ''); written = '/app/x'; } catch (error) { written = error.code; }
      const names = bill.components.map(({ name }) => name);
      console.log(JSON.stringify({ files, names, written, user: process.getuid() }));`;
    const text = await kubectl([...inside, 'node', '--input-type=module', '-e', script]);
    const found = JSON.parse(text) as { files: string[]; names: string[]; written: string; user: number };
    const own = found.files.filter((file) => /^(?:apps|packages|services)\//.test(file));
    expect(own.length).toBeGreaterThan(300);
    expect(own.filter((file) => /\.(?:test|fixture|suite)\.tsx?$|oracles|golden/.test(file))).toEqual([]);
    const installed = found.files.filter((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(file));
    for (const tool of ['typescript', 'vitest', 'vite', 'playwright-core', '@biomejs/biome', 'oxlint']) {
      expect(installed).not.toContain(`node_modules/${tool}`);
    }
    expect(found.names).toEqual(
      expect.arrayContaining(['node', 'libc6', 'fastify', 'kysely', 'preact', '@daytrade/cli']),
    );
    expect(found.written).toBe('EROFS');
    expect(found.user).toBe(10_001);
  });

  it('is well by its own health check, and stops at SIGTERM with exit code 0', async () => {
    const check = ['node', '/app/infrastructure/docker/healthcheck.mjs'];
    await kubectl([...inside, ...check]);
    const started = performance.now();
    await kubectl(['delete', 'pod', 'platform', '--namespace', namespace, '--wait', '--timeout=30s']);
    const seconds = (performance.now() - started) / 1000;
    figure('image: SIGTERM to gone', seconds, 's');
    expect(seconds).toBeLessThan(20);
  });
});

const platformPod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'platform' },
  spec: {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, fsGroup: 10_001 },
    containers: [
      {
        name: 'platform',
        image: 'day-trade:0.1.0',
        imagePullPolicy: 'IfNotPresent',
        args: ['up', '--no-synthetic'],
        env: [{ name: 'DAYTRADE_TOKEN', value: 'only-for-the-test-of-the-image' }],
        readinessProbe: { httpGet: { path: '/readyz', port: 8000 }, periodSeconds: 1 },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [
          { name: 'state', mountPath: '/var/lib/day-trade' },
          { name: 'temporary', mountPath: '/tmp' },
        ],
      },
    ],
    volumes: [
      { name: 'state', emptyDir: {} },
      { name: 'temporary', emptyDir: {} },
    ],
  },
};

/** From the start of the process to the probe that succeeded; both are whole seconds, as Kubernetes writes them. */
function secondsToReady({ status }: Pod): number {
  const ready = status.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime ?? '';
  const started = status.containerStatuses?.[0]?.state?.running?.startedAt ?? '';
  return (Date.parse(ready) - Date.parse(started)) / 1000;
}
