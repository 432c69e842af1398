import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { figure } from '../support/figure.ts';
import { repositoryRoot } from '../support/running-process.ts';
import { attempt, run, waitFor } from '../support/steps.ts';
import { explained } from './cluster/describe-failure.ts';
import { kubectl, kubectlJson } from './cluster/kubectl.ts';
import { namespaces, ownNamespace, removeNamespace } from './cluster/namespaces.ts';
import { onCluster } from './cluster/on-cluster.ts';
import { environments } from './releases/environments.ts';
import { helm, install } from './releases/helm.ts';
import { runningIn, untilReady, type Workload } from './releases/until-ready.ts';

const services = ['ml-service', 'data-service', 'scheduler-service', 'dashboard', 'worker'];

/** Takes an environment away while the next one is installed. */
const removals: Promise<void>[] = [];
const removeLater = (namespace: string) => void removals.push(removeNamespace(namespace));

onCluster('the commands of the specification', () => {
  beforeAll(() => Promise.all(Object.values(environments).map(({ namespace }) => removeNamespace(namespace))));

  it('kubectl: the namespace, then the folder, end with every pod ready', async () => {
    const started = performance.now();
    const commands = [
      'kubectl apply -f infrastructure/kubernetes/base/namespace.yaml',
      'kubectl apply -f infrastructure/kubernetes/base/',
    ];
    for (const command of commands) {
      const [program = '', ...args] = command.split(' ');
      await run(program, args, { folder: repositoryRoot });
      await ownNamespace(namespaces.production);
    }
    await untilReady(namespaces.production, 300);
    figure('install: base manifests, until every pod is ready', (performance.now() - started) / 1000, 's');
    // A second apply would change nothing: exit code 0 says that there is no difference.
    await run('kubectl', ['diff', '-f', 'infrastructure/kubernetes/base/'], { folder: repositoryRoot });
    removeLater(namespaces.production);
  });

  it('helm, development: every pod ready, one replica of everything, nothing that lasts', async () => {
    const { namespace } = environments.development;
    figure('install: development, until every pod is ready', await install(environments.development), 's');
    for (const { metadata, spec } of (await runningIn(namespace)).workloads)
      expect(spec.replicas, metadata.name).toBe(1);
    expect(await claimsOf(namespace)).toEqual({});
    await passesHelmTest(namespace);
    removeLater(namespace);
  });

  it('helm, staging: every pod ready, storage that lasts, alerts as soon as a Secret says who gets them', async () => {
    const { namespace } = environments.staging;
    const seconds = await install(environments.staging, ['--set', 'monitoring.alertmanager.enabled=true']);
    figure('install: staging, until every pod is ready', seconds, 's');
    expect(await claimsOf(namespace)).toMatchObject({ 'data-postgresql-0': 'Bound', 'data-redis-0': 'Bound' });
    const { exitCode, stdout } = await attempt('helm', testOf(namespace));
    expect(exitCode).not.toBe(0);
    expect(stdout).toContain('make the Secret day-trade-alerts');
    const file = `alertmanager.yml=${join(repositoryRoot, 'infrastructure/monitoring/alertmanager.example.yml')}`;
    await kubectl(['create', 'secret', 'generic', 'day-trade-alerts', '--namespace', namespace, `--from-file=${file}`]);
    await kubectl(['rollout', 'restart', 'statefulset/alertmanager', '--namespace', namespace]);
    await kubectl(['rollout', 'status', 'statefulset/alertmanager', '--namespace', namespace, '--timeout=60s']);
    expect(await passesHelmTest(namespace, 12)).toContain('receivers: operators, heartbeat');
  });

  it('helm, production: every pod ready, as many as in staging, spread, disrupted at most one at a time', async () => {
    const { namespace } = environments.production;
    await Promise.all(removals);
    const staging = await replicasOf(environments.staging.namespace, 2);
    removeLater(environments.staging.namespace);
    figure('install: production, until every pod is ready', await install(environments.production), 's');
    expect(await replicasOf(namespace, 2)).toEqual(staging);
    expect(staging).toMatchObject({
      'ml-service': 3,
      'data-service': 2,
      'scheduler-service': 2,
      dashboard: 2,
      worker: 2,
    });
    for (const name of services) {
      const { spec } = await workload(namespace, name);
      expect(spec.template.spec.topologySpreadConstraints?.map(({ topologyKey }) => topologyKey)).toEqual([
        'topology.kubernetes.io/zone',
        'kubernetes.io/hostname',
      ]);
    }
    const budgets = await budgetsOf(namespace);
    for (const name of services) expect(budgets[name], name).toEqual({ maxUnavailable: 1, disruptionsAllowed: 1 });
    expect(await claimsOf(namespace)).toMatchObject({ 'data-postgresql-0': 'Bound', backup: 'Bound' });
    await passesHelmTest(namespace);
  });
});

const testOf = (namespace: string) => ['test', 'day-trade-ml', '--namespace', namespace, '--logs', '--timeout', '120s'];

async function passesHelmTest(namespace: string, checks = 11): Promise<string> {
  const text = await explained(namespace, () => helm(testOf(namespace)));
  expect(text.match(/^ok {5}/gm)).toHaveLength(checks);
  expect(text).not.toContain('FAILED');
  return text;
}

async function workload(namespace: string, name: string): Promise<Workload> {
  const found = (await runningIn(namespace)).workloads.find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`there is no ${name} in ${namespace}`);
  return found;
}

/**
 * Replicas of the services, once the scheduler service has started the workers; where an autoscaler keeps them the
 * least that it allows.
 */
async function replicasOf(namespace: string, workers: number): Promise<Readonly<Record<string, number>>> {
  await waitFor(
    `${workers} workers`,
    60,
    async () => (await workload(namespace, 'worker')).status.readyReplicas === workers,
  );
  const { workloads, least } = await runningIn(namespace);
  const deployments = workloads.filter(({ kind }) => kind === 'Deployment');
  return Object.fromEntries(
    deployments.map(({ metadata, spec }) => [metadata.name, least[metadata.name] ?? spec.replicas]),
  );
}

interface Claim {
  readonly metadata: { readonly name: string };
  readonly status: { readonly phase: string };
}

/** Phases of the volume claims. */
async function claimsOf(namespace: string): Promise<Readonly<Record<string, string>>> {
  const question = ['get', 'persistentvolumeclaims', '--namespace', namespace];
  const { items } = await kubectlJson<{ items: Claim[] }>(question);
  return Object.fromEntries(items.map(({ metadata, status }) => [metadata.name, status.phase]));
}

interface Budget {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly maxUnavailable: number };
  readonly status: { readonly disruptionsAllowed: number };
}

async function budgetsOf(namespace: string): Promise<Readonly<Record<string, object>>> {
  const question = ['get', 'poddisruptionbudgets', '--namespace', namespace];
  const { items } = await kubectlJson<{ items: Budget[] }>(question);
  return Object.fromEntries(
    items.map(({ metadata, spec: { maxUnavailable }, status: { disruptionsAllowed } }) => [
      metadata.name,
      { maxUnavailable, disruptionsAllowed },
    ]),
  );
}
